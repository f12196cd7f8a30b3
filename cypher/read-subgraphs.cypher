// purpose: The members and relationships of the graphs with the given keys, as columns
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, {{relationshipTypes}}, $keys, $sharedMembers (whether members may belong to several graphs), $properties (of members), $weightProperty (or null), $withType, $relationshipProperties
// returns: a row per graph: key, members (keys, ascending), memberColumns (a list per property), shared (up to five keys of members of another graph too), sources and targets (keys of the ends of each relationship), relationshipColumns (a list for weight, type, each property; weight and type only where they are wanted)
UNWIND $keys AS graphKey
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = graphKey
CALL (g) {
  MATCH (g)-[:{{membershipType}}]-(n:{{nodeLabels}})
  WITH DISTINCT n
  ORDER BY n.{{nodeKey}}
  RETURN
    collect(n) AS nodes,
    collect(CASE WHEN NOT $sharedMembers AND COUNT { (n)-[:{{membershipType}}]-() } > 1 THEN n END) AS suspects
}
CALL (g, suspects) {
  UNWIND suspects AS n
  MATCH (n)-[:{{membershipType}}]-(other:{{graphLabel}})
  WHERE other <> g
  RETURN collect(DISTINCT n.{{nodeKey}})[..5] AS shared
}
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)-[r:{{relationshipTypes}}]->(b)
  WHERE b IN nodes
  RETURN collect(a.{{nodeKey}}) AS sources, collect(b.{{nodeKey}}) AS targets, collect(r) AS relationships
}
RETURN
  graphKey AS key,
  [n IN nodes | n.{{nodeKey}}] AS members,
  [property IN $properties | [n IN nodes | n[property]]] AS memberColumns,
  shared,
  sources,
  targets,
  CASE WHEN $weightProperty IS NULL THEN [] ELSE [[r IN relationships | r[$weightProperty]]] END
    + CASE WHEN $withType THEN [[r IN relationships | type(r)]] ELSE [] END
    + [property IN $relationshipProperties | [r IN relationships | r[property]]] AS relationshipColumns
