// purpose: As graph-masks, of one run for sure: a transaction that is writing the graph is waited for
// mode: write
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, $key (as text)
// returns: one row, none if there is no such graph: graph (MAP), members ([nodeKey, properties, properties of the membership, labels] each)
MATCH (g:{{graphLabel}})
WHERE toString(g.{{graphKey}}) = $key
// Takes the lock of the graph node, which a writer of the graph has, and changes nothing.
SET g += {}
WITH g
CALL (g) {
  MATCH (g)-[m:{{membershipType}}]-(n:{{nodeLabels}})
  WITH n, collect(m)[0] AS membership
  ORDER BY n.{{nodeKey}}
  RETURN collect([n.{{nodeKey}}, properties(n), properties(membership), labels(n)]) AS members
}
RETURN properties(g) AS graph, members
