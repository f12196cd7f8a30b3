// purpose: Create or complete graph nodes and their members
// mode: write
// params: {{graphLabel}}, {{commonLabel}}, {{graphKey}}, {{nodeLabel}}, {{nodeKey}}, {{membershipType}}, $graphs ({key, properties, members: {key, properties} each} each)
// returns: one row: nodeCount (members)
UNWIND $graphs AS graph
MERGE (g:{{graphLabel}} {{{graphKey}}: graph.key})
SET g:{{commonLabel}}, g += graph.properties
WITH g, graph
UNWIND graph.members AS member
MERGE (n:{{nodeLabel}} {{{nodeKey}}: member.key})
SET n += member.properties
MERGE (n)-[:{{membershipType}}]->(g)
RETURN count(n) AS nodeCount
