// purpose: Make the jobs of the firings that are due, once, count those that are skipped, and move the schedule on to its next firing
// mode: write
// params: $name, $dueAt (epochMillis that the schedule waits for, or null), $paused, $made ({jobId, firedAt} each), $createdAt, $skipped (count), $lastSkippedAt (or null), $nextRunAt (null: none)
// returns: one row if the schedule still waited for that: name
MATCH (s:SmgSchedule {name: $name})
// Locks the node before it is looked at: of two daemons that fire at once, one comes too late.
SET s += {}
WITH s
WHERE coalesce(s.paused = true, false) = $paused
  AND coalesce(CASE WHEN s.nextRunAt IS :: ZONED DATETIME NOT NULL THEN s.nextRunAt.epochMillis END, -1) = coalesce($dueAt, -1)
SET s.nextRunAt = datetime($nextRunAt),
  s.skippedFirings = CASE WHEN s.skippedFirings IS :: INTEGER NOT NULL THEN s.skippedFirings ELSE 0 END + $skipped,
  s.lastSkippedAt = coalesce(datetime($lastSkippedAt), s.lastSkippedAt)
FOREACH (firing IN $made |
  MERGE (j:SmgJob {jobId: firing.jobId})
  ON CREATE SET
    j.command = s.command,
    j.arguments = s.arguments,
    j.projection = s.projection,
    j.config = s.config,
    j.status = 'PENDING',
    j.firedAt = datetime(firing.firedAt),
    j.createdAt = datetime($createdAt)
  MERGE (j)-[:FIRED_BY]->(s)
)
RETURN s.name AS name
