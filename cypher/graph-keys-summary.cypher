// purpose: How many graph nodes there are and whether their keys can be paged by: present, unique, of one type
// mode: read
// params: {{graphLabel}}, {{graphKey}}
// returns: one row: graphCount, withoutKey, keyTypes (LIST<STRING>), duplicates (up to five keys), firstKey (smallest, or null)
MATCH (g:{{graphLabel}})
WITH g.{{graphKey}} AS key, count(*) AS copies
RETURN
  sum(copies) AS graphCount,
  sum(CASE WHEN key IS NULL THEN copies ELSE 0 END) AS withoutKey,
  collect(DISTINCT CASE WHEN key IS NULL THEN null ELSE replace(valueType(key), ' NOT NULL', '') END) AS keyTypes,
  collect(CASE WHEN copies > 1 THEN key END)[..5] AS duplicates,
  min(key) AS firstKey
