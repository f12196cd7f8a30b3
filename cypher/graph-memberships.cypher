// purpose: How many memberships of a projection graph nodes have
// mode: read
// params: $projection, $ids
// returns: one row: formerCount
UNWIND $ids AS id
MATCH (g)
WHERE elementId(g) = id
RETURN sum(COUNT { ()-[m:SMG_MEMBER_OF]->(g) WHERE m.projection = $projection }) AS formerCount
