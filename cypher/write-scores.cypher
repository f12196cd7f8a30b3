// purpose: Write the scores of whole graphs: prediction, embedding and fingerprint to the graph node, masks to its members
// mode: write
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, $rows ({key, properties, masks: {nodeKey as text: [mask of layer 1, ...]}} each), $scoredAtProperty, $scoredAt, $maskProperties, $surplusMaskProperties (of layers that an earlier model had)
// returns: one row: graphCount, nodeCount (found and written)
UNWIND $rows AS row
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = row.key
SET g += row.properties, g[$scoredAtProperty] = datetime($scoredAt)
WITH g, row
CALL (g, row) {
  MATCH (g)-[:{{membershipType}}]-(n:{{nodeLabels}})
  WITH DISTINCT n, row.masks[toString(n.{{nodeKey}})] AS masks
  WHERE masks IS NOT NULL
  FOREACH (layer IN range(0, size($maskProperties) - 1) | SET n[$maskProperties[layer]] = masks[layer])
  FOREACH (name IN $surplusMaskProperties | SET n[name] = null)
  RETURN count(n) AS members
}
RETURN count(g) AS graphCount, sum(members) AS nodeCount
