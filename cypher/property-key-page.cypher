// purpose: A page of the values of a property among the nodes of one label, ascending
// mode: read
// params: {{nodeLabel}}, {{groupProperty}}, $from (first value, inclusive), $limit
// returns: a row per value: key
MATCH (n:{{nodeLabel}})
WHERE n.{{groupProperty}} >= $from
RETURN DISTINCT n.{{groupProperty}} AS key
ORDER BY key
LIMIT $limit
