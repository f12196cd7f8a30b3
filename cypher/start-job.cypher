// purpose: Take a waiting job; asking again for the same daemon changes nothing
// mode: write
// params: $jobId, $attempt, $daemonId, $startedAt
// returns: one row if the job is this daemon's now: jobId
MATCH (j:SmgJob {jobId: $jobId})
// Locks the node before it is looked at: of two daemons, one comes too late.
SET j += {}
WITH j
WHERE j.attempt = $attempt AND NOT coalesce(j.cancelRequested = true, false)
  AND (j.status = 'PENDING' OR (j.status = 'RUNNING' AND j.daemonId = $daemonId))
SET j.status = 'RUNNING', j.daemonId = $daemonId, j.startedAt = datetime($startedAt), j.heartbeatAt = datetime(),
  j.phase = null, j.progress = 0.0, j.etaSeconds = null, j.finishedAt = null, j.error = null, j.runId = null
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastRunAt = j.startedAt, s.lastStatus = j.status
RETURN j.jobId AS jobId
