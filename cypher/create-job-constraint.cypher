// purpose: A job's id identifies it, so that one firing makes one job
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_job_key IF NOT EXISTS
FOR (j:SmgJob)
REQUIRE j.jobId IS UNIQUE
