// purpose: Let a job that was read wait for its turn, with the configuration that it runs with
// mode: write
// params: $jobId, $arguments, $projection, $config (JSON)
// returns: nothing
MATCH (j:SmgJob {jobId: $jobId, status: 'PENDING'})
SET j.arguments = $arguments, j.projection = $projection, j.config = $config,
  j.attempt = CASE WHEN j.attempt IS :: INTEGER NOT NULL THEN j.attempt ELSE 1 END
