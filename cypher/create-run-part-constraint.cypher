// purpose: Run and first graph identify a part of a run's changes
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_run_part_key IF NOT EXISTS
FOR (p:SmgRunPart)
REQUIRE (p.runId, p.part) IS UNIQUE
