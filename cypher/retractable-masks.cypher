// purpose: The masks of nodes that still carry some although they are no longer a member of any graph, nor beside a scored graph of another projection; and what was written about graph nodes beside them that lost the projection's label
// mode: read
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{fingerprintProperty}}, {{runIdProperty}}, $projection, $maskPattern, $propertyPattern (as retract-masks has them)
// returns: a row per place and property: place (member, graphNode), property, count
MATCH (n:{{nodeLabels}})
WHERE n.{{firstMaskProperty}} IS NOT NULL
  AND NOT EXISTS { (n)-[:{{membershipType}}]-(:{{graphLabel}}) }
  AND NOT EXISTS {
    (n)--(g)
    WHERE g.{{fingerprintProperty}} IS NOT NULL
      AND NOT EXISTS { (r:SmgRun) WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection }
  }
WITH collect(n) AS members
CALL (members) {
  UNWIND members AS n
  UNWIND [name IN keys(n) WHERE name =~ $maskPattern] AS property
  RETURN 'member' AS place, property, count(*) AS count
UNION ALL
  UNWIND members AS n
  MATCH (n)-[:{{membershipType}}]-(g)
  WHERE g.{{fingerprintProperty}} IS NOT NULL
  WITH DISTINCT g
  UNWIND [name IN keys(g) WHERE name =~ $propertyPattern] AS property
  RETURN 'graphNode' AS place, property, count(*) AS count
}
RETURN place, property, count
