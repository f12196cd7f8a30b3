// purpose: End the waiting jobs that were asked to be canceled
// mode: write
// params: $finishedAt, $error
// returns: a row per job: jobId, command (of whatever types)
MATCH (j:SmgJob {status: 'PENDING', cancelRequested: true})
SET j += {}
WITH j
WHERE j.status = 'PENDING'
SET j.status = 'CANCELED', j.finishedAt = datetime($finishedAt), j.error = $error
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastStatus = j.status
RETURN j.jobId AS jobId, j.command AS command
