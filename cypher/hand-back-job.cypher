// purpose: Leave a running job to the next daemon; the attempt does not count
// mode: write
// params: $jobId, $daemonId, $attempt
// returns: one row if the job was this daemon's: jobId
MATCH (j:SmgJob {jobId: $jobId})
SET j += {}
WITH j
WHERE j.status = 'RUNNING' AND j.daemonId = $daemonId AND j.attempt = $attempt
SET j.status = 'PENDING', j.daemonId = null, j.heartbeatAt = null, j.phase = null, j.progress = null, j.etaSeconds = null
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastStatus = j.status
RETURN j.jobId AS jobId
