// purpose: One lock for each projection
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_lock_key IF NOT EXISTS
FOR (l:SmgLock)
REQUIRE l.projection IS UNIQUE
