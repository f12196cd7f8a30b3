// purpose: Say what a running job is doing
// mode: write
// params: $jobId, $daemonId, $phase
// returns: nothing
MATCH (j:SmgJob {jobId: $jobId, status: 'RUNNING', daemonId: $daemonId})
SET j.phase = $phase
