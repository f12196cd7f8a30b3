// purpose: Record how a job ended, there and on its schedule; again with the same ending changes nothing
// mode: write
// params: $jobId, $daemonId, $status (FINISHED, FAILED or CANCELED), $finishedAt, $error, $runId (null where there is none)
// returns: one row if the job was this daemon's: jobId
MATCH (j:SmgJob {jobId: $jobId, daemonId: $daemonId})
WHERE j.status IN ['RUNNING', $status]
SET j.status = $status, j.finishedAt = datetime($finishedAt), j.error = $error, j.runId = $runId, j.phase = null
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastStatus = j.status
RETURN j.jobId AS jobId
