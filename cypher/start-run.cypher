// purpose: Record the start of a scoring run and the model and the projection it is of
// mode: write
// params: $runId, $projection, $modelName, $modelVersion, $startedAt, $properties (quality of the masks)
// returns: nothing
MATCH (m:SmgModel {name: $modelName, version: $modelVersion})
MERGE (r:SmgRun {runId: $runId})
SET r += $properties, r.projection = $projection, r.status = 'RUNNING', r.startedAt = coalesce(r.startedAt, datetime($startedAt))
MERGE (r)-[:USED_MODEL]->(m)
WITH r
MATCH (p:SmgProjection {name: $projection})
MERGE (r)-[:OF]->(p)
