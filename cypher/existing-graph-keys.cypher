// purpose: Which of these graphs are in the database; as a graph is created whole, it is complete
// mode: read
// params: {{graphLabel}}, {{graphKey}}, $keys
// returns: one row: keys
UNWIND $keys AS key
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = key
RETURN collect(DISTINCT key) AS keys
