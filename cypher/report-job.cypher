// purpose: Say that a job is still worked on and how far it is, and hear whether it is to be canceled
// mode: write
// params: $jobId, $daemonId, $attempt, $phase, $progress (0 to 1), $etaSeconds (or null)
// returns: one row if the job is still this daemon's: cancelRequested
MATCH (j:SmgJob {jobId: $jobId})
SET j += {}
WITH j
WHERE j.status = 'RUNNING' AND j.daemonId = $daemonId AND j.attempt = $attempt
SET j.heartbeatAt = datetime(), j.phase = $phase, j.progress = $progress, j.etaSeconds = $etaSeconds
RETURN coalesce(j.cancelRequested = true, false) AS cancelRequested
