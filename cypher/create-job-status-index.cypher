// purpose: Find the few jobs that wait or run among a long history
// mode: auto
// params: none
// returns: nothing
CREATE INDEX smg_job_status IF NOT EXISTS
FOR (j:SmgJob)
ON (j.status)
