// purpose: Mark as failed the scoring runs of a projection that were left running; for the holder of its lock, beside whom none can be
// mode: write
// params: $projection, $runId (of the holder), $finishedAt, $error
// returns: a row per run: runId
MATCH (r:SmgRun)
WHERE r.projection = $projection AND r.status = 'RUNNING' AND r.runId <> $runId
SET r.status = 'FAILED', r.finishedAt = datetime($finishedAt), r.error = $error
RETURN r.runId AS runId
