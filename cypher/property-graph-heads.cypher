// purpose: The first of these graphs of nodes that share a value, in ascending order
// mode: read
// params: {{nodeLabels}}, {{groupProperty}}, {{targetProperty}}, {{graphLabel}}, {{graphKey}}, {{fingerprintProperty}}, $keys, $limit
// returns: a row per graph: key, targets (up to three different ones of its members), fingerprint (of the last scoring, or null)
UNWIND $keys AS key
WITH DISTINCT key
ORDER BY key
LIMIT $limit
WITH collect(key) AS firstKeys
MATCH (n:{{nodeLabels}})
WHERE n.{{groupProperty}} IN firstKeys
WITH n.{{groupProperty}} AS key, collect(DISTINCT n.{{targetProperty}})[..3] AS targets
OPTIONAL MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = key
RETURN key, targets, g.{{fingerprintProperty}} AS fingerprint
ORDER BY key
