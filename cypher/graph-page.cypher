// purpose: One page of graph nodes in ascending key order
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{targetProperty}}, {{fingerprintProperty}}, $from (first key, inclusive), $limit
// returns: a row per graph: key, target, fingerprint (of the last scoring, or null)
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} >= $from
RETURN g.{{graphKey}} AS key, g.{{targetProperty}} AS target, g.{{fingerprintProperty}} AS fingerprint
ORDER BY key
LIMIT $limit
