// purpose: Create whole graphs: graph nodes with their members and relationships
// mode: write
// params: {{graphLabel}}, {{commonLabel}}, {{nodeLabel}}, {{membershipType}}, {{relationshipType}}, $graphs ({properties, members: properties each, relationships: [source, target, properties] each, by position in members} each)
// returns: one row: graphCount, nodeCount, relationshipCount
UNWIND $graphs AS graph
CREATE (g:{{graphLabel}})
SET g = graph.properties, g:{{commonLabel}}
WITH g, graph
CALL (g, graph) {
  UNWIND graph.members AS member
  CREATE (n:{{nodeLabel}})-[:{{membershipType}}]->(g)
  SET n = member
  RETURN collect(n) AS nodes
}
CALL (graph, nodes) {
  UNWIND graph.relationships AS relationship
  WITH nodes[relationship[0]] AS a, nodes[relationship[1]] AS b, relationship[2] AS properties
  CREATE (a)-[r:{{relationshipType}}]->(b)
  SET r = properties
  RETURN count(r) AS relationships
}
RETURN count(g) AS graphCount, sum(size(nodes)) AS nodeCount, sum(relationships) AS relationshipCount
