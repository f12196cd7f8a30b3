// purpose: Take the masks from nodes that are no longer a member of any graph, nor beside a scored graph of another projection; and what was written about graph nodes beside them that lost the projection's label
// mode: auto
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{fingerprintProperty}}, {{runIdProperty}}, $projection, $maskPattern, $propertyPattern (regular expressions of mask properties, and of all written properties)
// returns: one row: nodeCount
MATCH (n:{{nodeLabels}})
WHERE n.{{firstMaskProperty}} IS NOT NULL
  AND NOT EXISTS { (n)-[:{{membershipType}}]-(:{{graphLabel}}) }
  AND NOT EXISTS {
    (n)--(g)
    WHERE g.{{fingerprintProperty}} IS NOT NULL
      AND NOT EXISTS { (r:SmgRun) WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection }
  }
CALL (n) {
  FOREACH (name IN [name IN keys(n) WHERE name =~ $maskPattern] | SET n[name] = null)
  WITH n
  MATCH (n)-[:{{membershipType}}]-(g)
  WHERE g.{{fingerprintProperty}} IS NOT NULL
  FOREACH (name IN [name IN keys(g) WHERE name =~ $propertyPattern] | SET g[name] = null)
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(n) AS nodeCount
