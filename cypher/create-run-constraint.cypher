// purpose: A run's id identifies it
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_run_key IF NOT EXISTS
FOR (r:SmgRun)
REQUIRE r.runId IS UNIQUE
