// purpose: Write the scores of whole graphs: prediction, embedding and fingerprint to the graph node, masks to its members or their memberships; a graph whose members are others than those that were scored is left as it is
// mode: write
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, {{firstMaskProperty}}, {{fingerprintProperty}}, $rows ({key, properties, absent: [property to take away], members: [nodeKey, ascending], masks: [[value of each member] of each mask property]} each), $scoredAtProperty, $scoredAt, $maskProperties (of members), $membershipMaskProperties (one of both is empty), $surplusMaskProperties, $surplusMembershipMaskProperties (that only an earlier model or configuration wrote), $maskPattern (regular expression of the mask properties)
// returns: one row: keys (of the graphs that were written), nodeCount
UNWIND $rows AS row
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = row.key
CALL (g) {
  MATCH (g)-[m:{{membershipType}}]-(n)
  WITH n, n:{{nodeLabels}} AS isMember, collect(m) AS memberships
  ORDER BY n.{{nodeKey}}
  RETURN
    collect(CASE WHEN isMember THEN n END) AS nodes,
    collect(CASE WHEN isMember THEN memberships END) AS ofNodes,
    collect(CASE
      WHEN NOT isMember AND any(masked IN memberships + n WHERE masked.{{firstMaskProperty}} IS NOT NULL)
      THEN [n, memberships]
    END) AS former
}
WITH g, row, nodes, ofNodes, former
WHERE [n IN nodes | n.{{nodeKey}}] = row.members
SET g += row.properties, g[$scoredAtProperty] = datetime($scoredAt)
// One by one: the server counts a null in a map even where there is nothing to take away.
FOREACH (name IN row.absent | SET g[name] = null)
WITH g, row, nodes, ofNodes, former
CALL (row, nodes, ofNodes) {
  UNWIND range(0, size(nodes) - 1) AS v
  WITH nodes[v] AS n, ofNodes[v] AS memberships, row.masks AS masks, v
  FOREACH (k IN range(0, size($maskProperties) - 1) | SET n[$maskProperties[k]] = masks[k][v])
  FOREACH (name IN $surplusMaskProperties | SET n[name] = null)
  FOREACH (m IN memberships |
    FOREACH (k IN range(0, size($membershipMaskProperties) - 1) | SET m[$membershipMaskProperties[k]] = masks[k][v])
    FOREACH (name IN $surplusMembershipMaskProperties | SET m[name] = null)
  )
}
// A member that lost its label is beside the graph still; what another scored graph says of it stays.
CALL (g, former) {
  UNWIND former AS pair
  WITH pair[0] AS n, pair[1] AS memberships
  WITH n, memberships, EXISTS { (n)--(other) WHERE other <> g AND other.{{fingerprintProperty}} IS NOT NULL } AS isOthers
  FOREACH (name IN [name IN keys(n) WHERE NOT isOthers AND name =~ $maskPattern] | SET n[name] = null)
  FOREACH (m IN memberships |
    FOREACH (name IN [name IN keys(m) WHERE name =~ $maskPattern] | SET m[name] = null)
  )
}
RETURN collect(row.key) AS keys, sum(size(nodes)) AS nodeCount
