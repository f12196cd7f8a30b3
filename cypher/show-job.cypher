// purpose: All properties of a job, and the schedule that made it
// mode: read
// params: $jobId
// returns: one row if there is such a job: properties (MAP), schedule (null where it was asked for)
MATCH (j:SmgJob {jobId: $jobId})
OPTIONAL MATCH (j)-[:FIRED_BY]->(s:SmgSchedule)
RETURN properties(j) AS properties, s.name AS schedule
LIMIT 1
