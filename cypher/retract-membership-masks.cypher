// purpose: Take the masks from memberships of graph nodes that lost the projection's label, and what was written about these
// mode: auto
// params: {{graphLabel}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{runIdProperty}}, $projection, $maskPattern, $propertyPattern (regular expressions of mask properties, and of all written properties)
// returns: one row: nodeCount (members)
MATCH (:{{nodeLabels}})-[m:{{membershipType}}]-(g)
WHERE m.{{firstMaskProperty}} IS NOT NULL
  AND NOT g:{{graphLabel}}
  AND EXISTS { (r:SmgRun) WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection }
WITH g, collect(m) AS memberships
CALL (g, memberships) {
  FOREACH (m IN memberships |
    FOREACH (name IN [name IN keys(m) WHERE name =~ $maskPattern] | SET m[name] = null)
  )
  FOREACH (name IN [name IN keys(g) WHERE name =~ $propertyPattern] | SET g[name] = null)
} IN TRANSACTIONS OF 100 ROWS
RETURN sum(size(memberships)) AS nodeCount
