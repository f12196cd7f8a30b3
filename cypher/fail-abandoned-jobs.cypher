// purpose: Mark as failed what another daemon, now gone, left running
// mode: write
// params: $daemonId (of the daemon that asks), $finishedAt, $error
// returns: a row per job: jobId
MATCH (j:SmgJob)
WHERE j.status = 'RUNNING' AND j.daemonId <> $daemonId
SET j.status = 'FAILED', j.finishedAt = datetime($finishedAt), j.error = $error
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastStatus = j.status
RETURN j.jobId AS jobId
