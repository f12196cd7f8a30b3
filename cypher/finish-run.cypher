// purpose: Record how a scoring run ended
// mode: write
// params: $runId, $status (FINISHED, FAILED or CANCELED), $finishedAt, $properties (counts, times, error)
// returns: nothing
MATCH (r:SmgRun {runId: $runId})
SET r += $properties, r.status = $status, r.finishedAt = datetime($finishedAt)
