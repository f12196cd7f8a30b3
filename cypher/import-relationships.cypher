// purpose: Create or complete relationships between members; at most one of the type per direction and pair
// mode: write
// params: {{nodeLabel}}, {{nodeKey}}, {{relationshipType}}, $relationships ([source key, target key, properties] each)
// returns: one row: relationshipCount
UNWIND $relationships AS row
MATCH (a:{{nodeLabel}} {{{nodeKey}}: row[0]})
MATCH (b:{{nodeLabel}} {{{nodeKey}}: row[1]})
MERGE (a)-[r:{{relationshipType}}]->(b)
SET r += row[2]
RETURN count(r) AS relationshipCount
