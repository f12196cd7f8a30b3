// purpose: Which of these values some node has
// mode: read
// params: {{nodeLabels}}, {{groupProperty}}, $keys
// returns: one row: keys
UNWIND $keys AS key
WITH DISTINCT key
WHERE EXISTS {
  MATCH (n:{{nodeLabels}})
  WHERE n.{{groupProperty}} = key
}
RETURN collect(key) AS keys
