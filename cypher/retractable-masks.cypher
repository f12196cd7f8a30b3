// purpose: How many nodes still carry masks although they are no longer a member of any graph, nor beside a scored graph of another projection
// mode: read
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{fingerprintProperty}}, {{runIdProperty}}, $projection
// returns: one row: nodeCount
MATCH (n:{{nodeLabels}})
WHERE n.{{firstMaskProperty}} IS NOT NULL
  AND NOT EXISTS { (n)-[:{{membershipType}}]-(:{{graphLabel}}) }
  AND NOT EXISTS {
    (n)--(g)
    WHERE g.{{fingerprintProperty}} IS NOT NULL
      AND NOT EXISTS { (r:SmgRun) WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection }
  }
RETURN count(n) AS nodeCount
