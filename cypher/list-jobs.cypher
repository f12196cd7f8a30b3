// purpose: The newest jobs, newest first
// mode: read
// params: $limit
// returns: a row per job: jobId, schedule, command, arguments, status, phase, firedAt, createdAt, startedAt, finishedAt, runId, error
MATCH (j:SmgJob)
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
RETURN j.jobId AS jobId, s.name AS schedule, j.command AS command, j.arguments AS arguments, j.status AS status,
  j.phase AS phase, toString(j.firedAt) AS firedAt, toString(j.createdAt) AS createdAt,
  toString(j.startedAt) AS startedAt, toString(j.finishedAt) AS finishedAt, j.runId AS runId, j.error AS error
ORDER BY j.createdAt DESC, jobId DESC
LIMIT $limit
