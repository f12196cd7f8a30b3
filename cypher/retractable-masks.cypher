// purpose: How many nodes still carry masks although they are no longer a member of any graph
// mode: read
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}
// returns: one row: nodeCount
MATCH (n:{{nodeLabels}})
WHERE n.{{firstMaskProperty}} IS NOT NULL AND NOT EXISTS { (n)-[:{{membershipType}}]-(:{{graphLabel}}) }
RETURN count(n) AS nodeCount
