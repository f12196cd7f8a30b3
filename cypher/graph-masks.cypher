// purpose: One graph node and its members with all their properties
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, $key (as text)
// returns: one row, none if there is no such graph: graph (MAP), members ([nodeKey, properties] each)
MATCH (g:{{graphLabel}})
WHERE toString(g.{{graphKey}}) = $key
CALL (g) {
  MATCH (g)-[:{{membershipType}}]-(n:{{nodeLabels}})
  WITH DISTINCT n
  ORDER BY n.{{nodeKey}}
  RETURN collect([n.{{nodeKey}}, properties(n)]) AS members
}
RETURN properties(g) AS graph, members
