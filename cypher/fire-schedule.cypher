// purpose: Make the job of one firing, once, and move the schedule on to its next firing
// mode: write
// params: $name, $firedAt, $jobId, $createdAt, $nextRunAt (null: the schedule stops)
// returns: one row if the schedule still waited for this firing: jobId
MATCH (s:SmgSchedule {name: $name})
WHERE s.nextRunAt.epochMillis = datetime($firedAt).epochMillis
MERGE (j:SmgJob {jobId: $jobId})
ON CREATE SET
  j.command = s.command,
  j.arguments = s.arguments,
  j.config = s.config,
  j.status = 'PENDING',
  j.firedAt = datetime($firedAt),
  j.createdAt = datetime($createdAt)
MERGE (j)-[:FIRED_BY]->(s)
SET s.nextRunAt = datetime($nextRunAt)
RETURN j.jobId AS jobId
