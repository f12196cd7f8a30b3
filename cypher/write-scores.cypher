// purpose: Write the scores of whole graphs: prediction, embedding and fingerprint to the graph node, masks to its members or their memberships
// mode: write
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, $rows ({key, properties, absent: [property to take away], masks: {nodeKey as text: [value of each mask property]}} each), $scoredAtProperty, $scoredAt, $maskProperties (of members), $membershipMaskProperties (one of both is empty), $surplusMaskProperties, $surplusMembershipMaskProperties (that only an earlier model or configuration wrote)
// returns: one row: graphCount, nodeCount (found and written)
UNWIND $rows AS row
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = row.key
SET g += row.properties, g[$scoredAtProperty] = datetime($scoredAt)
// One by one: the server counts a null in a map even where there is nothing to take away.
FOREACH (name IN row.absent | SET g[name] = null)
WITH g, row
CALL (g, row) {
  MATCH (g)-[m:{{membershipType}}]-(n:{{nodeLabels}})
  WITH n, collect(m) AS memberships, row.masks[toString(n.{{nodeKey}})] AS masks
  WHERE masks IS NOT NULL
  FOREACH (i IN range(0, size($maskProperties) - 1) | SET n[$maskProperties[i]] = masks[i])
  FOREACH (name IN $surplusMaskProperties | SET n[name] = null)
  FOREACH (m IN memberships |
    FOREACH (i IN range(0, size($membershipMaskProperties) - 1) | SET m[$membershipMaskProperties[i]] = masks[i])
    FOREACH (name IN $surplusMembershipMaskProperties | SET m[name] = null)
  )
  RETURN count(n) AS members
}
RETURN count(g) AS graphCount, sum(members) AS nodeCount
