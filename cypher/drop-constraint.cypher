// purpose: Drop a constraint
// mode: auto
// params: {{constraint}}
// returns: nothing
DROP CONSTRAINT {{constraint}} IF EXISTS
