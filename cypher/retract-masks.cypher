// purpose: Take the masks from nodes that are no longer a member of any graph, nor beside a scored graph of another projection
// mode: auto
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{fingerprintProperty}}, $maskPattern (regular expression of the mask properties)
// returns: one row: nodeCount
MATCH (n:{{nodeLabels}})
WHERE n.{{firstMaskProperty}} IS NOT NULL
  AND NOT EXISTS { (n)-[:{{membershipType}}]-(:{{graphLabel}}) }
  AND NOT EXISTS { (n)--(g) WHERE g.{{fingerprintProperty}} IS NOT NULL }
CALL (n) {
  FOREACH (name IN [name IN keys(n) WHERE name =~ $maskPattern] | SET n[name] = null)
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(n) AS nodeCount
