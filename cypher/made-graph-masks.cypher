// purpose: One graph node and the members that we tied to it, with all their properties
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{nodeKey}}, $projection, $key (as text)
// returns: one row, none if there is no such graph: graph (MAP), members ([nodeKey, properties, properties of the membership, labels] each)
MATCH (g:{{graphLabel}})
WHERE toString(g.{{graphKey}}) = $key
CALL (g) {
  MATCH (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  WITH n, m
  ORDER BY n.{{nodeKey}}
  RETURN collect([n.{{nodeKey}}, properties(n), properties(m), labels(n)]) AS members
}
RETURN properties(g) AS graph, members
