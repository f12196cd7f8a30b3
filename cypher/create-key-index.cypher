// purpose: An index by which graph nodes are found by key, where the database has none
// mode: auto
// params: {{index}}, {{graphLabel}}, {{graphKey}}
// returns: nothing
CREATE INDEX {{index}} IF NOT EXISTS
FOR (g:{{graphLabel}})
ON (g.{{graphKey}})
