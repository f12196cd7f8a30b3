// purpose: Drop an index
// mode: auto
// params: {{index}}
// returns: nothing
DROP INDEX {{index}} IF EXISTS
