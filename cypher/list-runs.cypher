// purpose: The scoring runs of the catalog, newest first
// mode: read
// params: none
// returns: a row per run: runId, projection, model, status, startedAt, finishedAt, scored, unchanged, failed, nodePropertiesWritten, maskDeletionFidelity, maskRandomDeletionFidelity, maskRocAuc, report
MATCH (r:SmgRun)
OPTIONAL MATCH (r)-[:USED_MODEL]->(m:SmgModel)
RETURN r.runId AS runId, r.projection AS projection, m.name + ':' + m.version AS model, r.status AS status,
  toString(r.startedAt) AS startedAt, toString(r.finishedAt) AS finishedAt, r.scored AS scored,
  r.unchanged AS unchanged, r.failed AS failed, r.nodePropertiesWritten AS nodePropertiesWritten,
  r.maskDeletionFidelity AS maskDeletionFidelity, r.maskRandomDeletionFidelity AS maskRandomDeletionFidelity,
  r.maskRocAuc AS maskRocAuc, r.report AS report
ORDER BY r.startedAt DESC
