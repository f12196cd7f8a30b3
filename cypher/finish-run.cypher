// purpose: Record how a scoring run ended, if it has not yet
// mode: write
// params: $runId, $status (FINISHED, FAILED or CANCELED), $finishedAt, $properties (counts, times, error)
// returns: nothing
MATCH (r:SmgRun {runId: $runId, status: 'RUNNING'})
SET r += $properties, r.status = $status, r.finishedAt = datetime($finishedAt)
