// purpose: How many members graphs of nodes that share a value have, to read the large ones alone
// mode: read
// params: {{nodeLabels}}, {{groupProperty}}, $keys
// returns: a row per graph: key, memberCount
MATCH (n:{{nodeLabels}})
WHERE n.{{groupProperty}} IN $keys
RETURN n.{{groupProperty}} AS key, count(*) AS memberCount
