// purpose: The newest jobs, newest first
// mode: read
// params: $status (null: any), $limit
// returns: a row per job: jobId, schedule, command, arguments, projection, status, phase, progress, etaSeconds, attempt, firedAt, createdAt, startedAt, finishedAt, heartbeatAt, daemonId, runId, error, cancelRequested
MATCH (j:SmgJob)
WHERE $status IS NULL OR j.status = $status
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
RETURN j.jobId AS jobId, s.name AS schedule, j.command AS command, j.arguments AS arguments, j.projection AS projection,
  j.status AS status, j.phase AS phase, j.progress AS progress, j.etaSeconds AS etaSeconds, j.attempt AS attempt,
  toStringOrNull(j.firedAt) AS firedAt, toStringOrNull(j.createdAt) AS createdAt,
  toStringOrNull(j.startedAt) AS startedAt, toStringOrNull(j.finishedAt) AS finishedAt,
  toStringOrNull(j.heartbeatAt) AS heartbeatAt, j.daemonId AS daemonId, j.runId AS runId, j.error AS error,
  coalesce(j.cancelRequested = true, false) AS cancelRequested
ORDER BY j.createdAt DESC, jobId DESC
LIMIT $limit
