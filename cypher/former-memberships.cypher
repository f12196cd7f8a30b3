// purpose: How many memberships of graphs are of nodes that are no member any more
// mode: read
// params: {{graphLabel}}, {{graphKey}}, $projection, $rows ({key, memberIds} each)
// returns: one row: formerCount
UNWIND $rows AS row
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = row.key
MATCH (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
WHERE NOT elementId(n) IN row.memberIds
RETURN count(m) AS formerCount
