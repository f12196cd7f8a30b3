// purpose: The masks of memberships of graph nodes that lost the projection's label, and what was written about these
// mode: read
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{runIdProperty}}, $projection, $maskPattern, $propertyPattern (as retract-membership-masks has them)
// returns: a row per place and property: place (membership, graphNode), property, count
MATCH (:{{nodeLabels}})-[m:{{membershipType}}]-(g)
WHERE m.{{firstMaskProperty}} IS NOT NULL
  AND NOT g:{{graphLabel}}
  AND EXISTS { (r:SmgRun) WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection }
WITH g, collect(m) AS memberships
CALL (g, memberships) {
  UNWIND memberships AS m
  UNWIND [name IN keys(m) WHERE name =~ $maskPattern] AS property
  RETURN 'membership' AS place, property, count(*) AS found
UNION ALL
  UNWIND [name IN keys(g) WHERE name =~ $propertyPattern] AS property
  RETURN 'graphNode' AS place, property, count(*) AS found
}
RETURN place, property, sum(found) AS count
