// purpose: Make a job of a schedule now, beside its firings
// mode: write
// params: $name, $jobId, $createdAt
// returns: one row if there is such a schedule: jobId
MATCH (s:SmgSchedule {name: $name})
MERGE (j:SmgJob {jobId: $jobId})
ON CREATE SET
  j.command = s.command,
  j.arguments = s.arguments,
  j.projection = s.projection,
  j.config = s.config,
  j.status = 'PENDING',
  j.createdAt = datetime($createdAt)
MERGE (j)-[:FIRED_BY]->(s)
RETURN j.jobId AS jobId
