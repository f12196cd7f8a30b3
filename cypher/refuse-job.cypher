// purpose: End a waiting job that cannot be run, there and on its schedule
// mode: write
// params: $jobId, $finishedAt, $error
// returns: a row if the job still waited: jobId
MATCH (j:SmgJob {jobId: $jobId})
SET j += {}
WITH j
WHERE j.status = 'PENDING'
SET j.status = 'FAILED', j.finishedAt = datetime($finishedAt), j.error = $error
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastStatus = j.status
RETURN j.jobId AS jobId
