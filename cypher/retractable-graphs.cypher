// purpose: What would be taken back of graphs that a projection has no more
// mode: read
// params: {{runIdProperty}}, {{fingerprintProperty}}, $projection, $ids, $masksOnMembers, $maskPattern, $propertyPattern (as retract-graphs has them)
// returns: a row per place and property: place (former: memberships; made: graph nodes of ours; of properties: graphNode, member), property (or ''), count
UNWIND $ids AS id
MATCH (g)
WHERE elementId(g) = id
CALL (g) {
  MATCH ()-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  RETURN 'former' AS place, '' AS property, count(m) AS found
UNION ALL
  MATCH (n)-[:SMG_MEMBER_OF {projection: $projection}]->(g)
  WHERE $masksOnMembers AND NOT EXISTS {
    (n)--(other)
    WHERE other <> g AND other.{{fingerprintProperty}} IS NOT NULL
  }
  UNWIND [name IN keys(n) WHERE name =~ $maskPattern] AS property
  RETURN 'member' AS place, property, count(*) AS found
UNION ALL
  WITH g, g:SmgGraph AND g.projection = $projection AS isMade
  UNWIND CASE WHEN isMade THEN [''] ELSE [name IN keys(g) WHERE name =~ $propertyPattern] END AS property
  WITH g, isMade, property
  WHERE isMade OR EXISTS {
    (r:SmgRun)
    WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection
  }
  RETURN CASE WHEN isMade THEN 'made' ELSE 'graphNode' END AS place, property, count(*) AS found
}
RETURN place, property, sum(found) AS count
