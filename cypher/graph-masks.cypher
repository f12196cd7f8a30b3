// purpose: One graph node and its members with all their properties
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, $key (as text)
// returns: one row, none if there is no such graph: graph (MAP), members ([nodeKey, properties, properties of the membership, labels] each)
MATCH (g:{{graphLabel}})
WHERE toString(g.{{graphKey}}) = $key
CALL (g) {
  MATCH (g)-[m:{{membershipType}}]-(n:{{nodeLabels}})
  WITH n, collect(m)[0] AS membership
  ORDER BY n.{{nodeKey}}
  RETURN collect([n.{{nodeKey}}, properties(n), properties(membership), labels(n)]) AS members
}
RETURN properties(g) AS graph, members
