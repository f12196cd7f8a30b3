// purpose: A schedule's name identifies it
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_schedule_key IF NOT EXISTS
FOR (s:SmgSchedule)
REQUIRE s.name IS UNIQUE
