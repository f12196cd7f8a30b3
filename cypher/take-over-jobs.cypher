// purpose: Let running jobs whose daemon has fallen silent wait again, for another attempt; end those that had their last, or were to be canceled
// mode: write
// params: $lapseSeconds (of silence), $heldJobId (that this daemon itself works on, or null), $daemonId, $mostAttempts, $error (of the last attempt), $canceled (the reason)
// returns: a row per job: jobId, command (of whatever types), status, attempt (that is over), daemonId (which fell silent)
MATCH (j:SmgJob {status: 'RUNNING'})
WHERE NOT coalesce(j.daemonId = $daemonId AND j.jobId = $heldJobId, false)
  AND coalesce(j.heartbeatAt < datetime() - duration({seconds: $lapseSeconds}), true)
SET j += {}
// A heartbeat may have come first.
WITH j
WHERE j.status = 'RUNNING' AND coalesce(j.heartbeatAt < datetime() - duration({seconds: $lapseSeconds}), true)
WITH j, j.daemonId AS daemonId, CASE WHEN j.attempt IS :: INTEGER NOT NULL THEN j.attempt ELSE 1 END AS attempt
WITH j, daemonId, attempt, CASE
    WHEN coalesce(j.cancelRequested = true, false) THEN 'CANCELED'
    WHEN attempt >= $mostAttempts THEN 'FAILED'
    ELSE 'PENDING'
  END AS status
SET j.status = status, j.daemonId = null, j.phase = null, j.etaSeconds = null
FOREACH (_ IN CASE status WHEN 'PENDING' THEN [1] ELSE [] END |
  SET j.attempt = attempt + 1, j.heartbeatAt = null, j.progress = null
)
FOREACH (_ IN CASE status WHEN 'PENDING' THEN [] ELSE [1] END |
  SET j.finishedAt = datetime(), j.error = CASE status WHEN 'FAILED' THEN $error ELSE $canceled END
)
WITH j, daemonId, attempt, status
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastStatus = status
RETURN j.jobId AS jobId, j.command AS command, status, attempt, daemonId
