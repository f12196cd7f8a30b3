// purpose: As made-graph-masks, of one run for sure: a transaction that is writing the graph is waited for
// mode: write
// params: {{graphLabel}}, {{graphKey}}, {{nodeKey}}, $projection, $key (as text)
// returns: one row, none if there is no such graph: graph (MAP), members ([nodeKey, properties, properties of the membership, labels] each)
MATCH (g:{{graphLabel}})
WHERE toString(g.{{graphKey}}) = $key
// Takes the lock of the graph node, which a writer of the graph has, and changes nothing.
SET g += {}
WITH g
CALL (g) {
  MATCH (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  WITH n, m
  ORDER BY n.{{nodeKey}}
  RETURN collect([n.{{nodeKey}}, properties(n), properties(m), labels(n)]) AS members
}
RETURN properties(g) AS graph, members
