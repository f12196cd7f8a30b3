// purpose: The members that walks have found, and the relationships among them
// mode: read
// params: {{nodeLabels}}, {{nodeKey}}, {{relationshipTypes}}, $walks ({key, members: ids of nodes} each), $manyRelationships, $properties (of members), $weightProperty (or null), $withType, $relationshipProperties
// returns: a row per graph: key, members (keys, ascending), memberIds, memberColumns (values of each of $properties), sources and targets (keys of each relationship's ends), relationshipColumns (weight, type, values of each of $relationshipProperties; weight and type only where they are wanted)
UNWIND $walks AS walk
CALL (walk) {
  UNWIND walk.members AS id
  MATCH (n:{{nodeLabels}})
  WHERE elementId(n) = id
  WITH n
  ORDER BY n.{{nodeKey}}
  RETURN
    collect(n) AS nodes,
    collect(CASE WHEN COUNT { (n)-[:{{relationshipTypes}}]-() } <= $manyRelationships THEN n END) AS ordinary,
    collect(CASE WHEN COUNT { (n)-[:{{relationshipTypes}}]-() } > $manyRelationships THEN n END) AS hubs
}
CALL (nodes, ordinary, hubs) {
  CALL (nodes, ordinary, hubs) {
    UNWIND ordinary AS a
    MATCH (a)-[r:{{relationshipTypes}}]->(b)
    WHERE b IN nodes
    RETURN a, r, b
    UNION ALL
    UNWIND hubs AS a
    UNWIND nodes AS b
    // From the end that has fewer relationships: most of those of a hub lead out of the neighbourhood.
    MATCH (a)-[r:{{relationshipTypes}}]->(b)
    RETURN a, r, b
  }
  RETURN collect(a.{{nodeKey}}) AS sources, collect(b.{{nodeKey}}) AS targets, collect(r) AS relationships
}
RETURN
  walk.key AS key,
  [n IN nodes | n.{{nodeKey}}] AS members,
  [n IN nodes | elementId(n)] AS memberIds,
  [property IN $properties | [n IN nodes | n[property]]] AS memberColumns,
  sources,
  targets,
  CASE WHEN $weightProperty IS NULL THEN [] ELSE [[r IN relationships | r[$weightProperty]]] END
    + CASE WHEN $withType THEN [[r IN relationships | type(r)]] ELSE [] END
    + [property IN $relationshipProperties | [r IN relationships | r[property]]] AS relationshipColumns
