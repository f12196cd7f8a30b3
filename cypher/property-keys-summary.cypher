// purpose: How many values the nodes share, and whether they can be keys of graphs: of one type
// mode: read
// params: {{nodeLabels}}, {{groupProperty}}
// returns: one row: graphCount, withoutKey (0), keyTypes (LIST<STRING>), duplicates (none), firstKey (smallest, or null)
MATCH (n:{{nodeLabels}})
WHERE n.{{groupProperty}} IS NOT NULL
WITH DISTINCT n.{{groupProperty}} AS key
RETURN
  count(key) AS graphCount,
  0 AS withoutKey,
  collect(DISTINCT replace(valueType(key), ' NOT NULL', '')) AS keyTypes,
  [] AS duplicates,
  min(key) AS firstKey
