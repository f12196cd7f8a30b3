// purpose: Take a waiting job; asking again for the same daemon changes nothing
// mode: write
// params: $jobId, $daemonId, $startedAt
// returns: one row if the job is this daemon's now: jobId
MATCH (j:SmgJob {jobId: $jobId})
WHERE j.status = 'PENDING' OR (j.status = 'RUNNING' AND j.daemonId = $daemonId)
SET j.status = 'RUNNING', j.daemonId = $daemonId, j.startedAt = datetime($startedAt)
WITH j
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
SET s.lastRunAt = j.startedAt, s.lastStatus = j.status
RETURN j.jobId AS jobId
