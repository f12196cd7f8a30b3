// purpose: The members and relationships of the graphs of nodes that share these values
// mode: read
// params: {{nodeLabels}}, {{groupProperty}}, {{nodeKey}}, {{relationshipTypes}}, $keys, $properties (of members), $weightProperty (or null), $withType, $relationshipProperties
// returns: a row per graph that has members: key, members (keys, ascending), memberIds, memberColumns (values of each of $properties), sources and targets (keys of each relationship's ends), relationshipColumns (weight, type, values of each of $relationshipProperties; weight and type only where they are wanted)
MATCH (n:{{nodeLabels}})
WHERE n.{{groupProperty}} IN $keys
WITH n
ORDER BY n.{{nodeKey}}
WITH n.{{groupProperty}} AS graphKey, collect(n) AS nodes
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)-[r:{{relationshipTypes}}]->(b)
  WHERE b IN nodes
  RETURN collect(a.{{nodeKey}}) AS sources, collect(b.{{nodeKey}}) AS targets, collect(r) AS relationships
}
RETURN
  graphKey AS key,
  [n IN nodes | n.{{nodeKey}}] AS members,
  [n IN nodes | elementId(n)] AS memberIds,
  [property IN $properties | [n IN nodes | n[property]]] AS memberColumns,
  sources,
  targets,
  CASE WHEN $weightProperty IS NULL THEN [] ELSE [[r IN relationships | r[$weightProperty]]] END
    + CASE WHEN $withType THEN [[r IN relationships | type(r)]] ELSE [] END
    + [property IN $relationshipProperties | [r IN relationships | r[property]]] AS relationshipColumns
