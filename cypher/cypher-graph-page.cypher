// purpose: A page of the graphs that the user's statement returns, in ascending key order
// mode: read
// params: <<graphsQuery>>, {{graphLabel}}, {{graphKey}}, {{fingerprintProperty}}, $from (first key, inclusive), $limit
// returns: a row per graph: key, target (if the statement has it), fingerprints (of the last scoring, or null; one for each node with that key)
CALL () {
<<graphsQuery>>
}
WITH *
WHERE key >= $from
ORDER BY key
LIMIT $limit
RETURN *, COLLECT {
  MATCH (g:{{graphLabel}})
  WHERE g.{{graphKey}} = key
  RETURN coalesce(g.{{fingerprintProperty}}, '')
} AS fingerprints
