// purpose: How many memberships of graph nodes that lost the projection's label still carry masks
// mode: read
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{runIdProperty}}, $projection
// returns: one row: nodeCount (members)
MATCH (:{{nodeLabels}})-[m:{{membershipType}}]-(g)
WHERE m.{{firstMaskProperty}} IS NOT NULL
  AND NOT g:{{graphLabel}}
  AND EXISTS { (r:SmgRun) WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection }
RETURN count(m) AS nodeCount
