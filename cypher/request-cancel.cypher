// purpose: Ask for a waiting or running job to be canceled; one that has ended stays as it is
// mode: write
// params: $jobId
// returns: one row if there is such a job: status
MATCH (j:SmgJob {jobId: $jobId})
SET j += {}
WITH j
FOREACH (_ IN CASE WHEN j.status IN ['PENDING', 'RUNNING'] THEN [1] ELSE [] END | SET j.cancelRequested = true)
RETURN j.status AS status
