// purpose: Record how a job ended, there and on its schedule; again with the same ending changes nothing
// mode: write
// params: $jobId, $daemonId, $attempt, $status (FINISHED, FAILED or CANCELED), $finishedAt, $error, $runId (null where there is none)
// returns: one row if the job was this daemon's: jobId
MATCH (j:SmgJob {jobId: $jobId})
SET j += {}
WITH j
WHERE j.daemonId = $daemonId AND j.attempt = $attempt AND j.status IN ['RUNNING', $status]
SET j.status = $status, j.finishedAt = datetime($finishedAt), j.error = $error, j.runId = $runId, j.phase = null,
  j.etaSeconds = null, j.progress = CASE $status WHEN 'FINISHED' THEN 1.0 ELSE j.progress END
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastStatus = j.status
RETURN j.jobId AS jobId
