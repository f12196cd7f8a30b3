// purpose: Take back all that a projection wrote about graphs that it has no more: memberships, masks, predictions, and the graph nodes that we made
// mode: write
// params: {{runIdProperty}}, {{fingerprintProperty}}, $projection, $ids, $masksOnMembers, $maskPattern, $propertyPattern (regular expressions of mask properties, and of all written properties)
// returns: one row: formerCount (memberships taken back)
UNWIND $ids AS id
MATCH (g)
WHERE elementId(g) = id
CALL (g) {
  MATCH (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  WITH n, m, $masksOnMembers AND NOT EXISTS {
    (n)--(other)
    WHERE other <> g AND other.{{fingerprintProperty}} IS NOT NULL
  } AS isFree
  FOREACH (name IN [name IN keys(n) WHERE isFree AND name =~ $maskPattern] | SET n[name] = null)
  DELETE m
  RETURN count(*) AS former
}
WITH g, former, EXISTS {
  (r:SmgRun)
  WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection
} AS isWritten
FOREACH (name IN [name IN keys(g) WHERE isWritten AND name =~ $propertyPattern] | SET g[name] = null)
FOREACH (made IN CASE WHEN g:SmgGraph AND g.projection = $projection THEN [g] ELSE [] END | DETACH DELETE made)
RETURN sum(former) AS formerCount
