// purpose: Take every property that the product wrote from graph nodes and members
// mode: auto
// params: {{fingerprintProperty}}, {{firstMaskProperty}}, $propertyPattern (regular expression of the written properties)
// returns: one row: nodeCount
MATCH (n)
WHERE n.{{fingerprintProperty}} IS NOT NULL OR n.{{firstMaskProperty}} IS NOT NULL
CALL (n) {
  FOREACH (name IN [name IN keys(n) WHERE name =~ $propertyPattern] | SET n[name] = null)
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(n) AS nodeCount
