// purpose: Which labels some of the relationships of a type join
// mode: read
// params: {{relationshipType}}, $skip, $limit
// returns: a row per pair of label sets: source, target (lists of STRING)
MATCH (a)-[:{{relationshipType}}]->(b)
WITH a, b
SKIP $skip
LIMIT $limit
RETURN DISTINCT labels(a) AS source, labels(b) AS target
