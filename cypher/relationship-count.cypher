// purpose: The number of relationships of a type, from the count store
// mode: read
// params: {{relationshipType}}
// returns: one row: count
MATCH ()-[r:{{relationshipType}}]->()
RETURN count(r) AS count
