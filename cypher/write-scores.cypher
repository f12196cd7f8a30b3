// purpose: Write the scores of whole graphs: prediction, embedding and fingerprint to the graph node, masks to its members or their memberships; a graph whose members are others than those that were scored is left as it is
// mode: write
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, {{firstMaskProperty}}, {{fingerprintProperty}}, $rows ({key, properties, absent: [property to take away], members: [nodeKey, ascending], masks: [[value of each member] of each mask property]} each), $scoredAtProperty, $scoredAt, $maskProperties (of members), $membershipMaskProperties (one of both is empty), $surplusMaskProperties, $surplusMembershipMaskProperties (that only an earlier model or configuration wrote), $maskPattern (regular expression of the mask properties), $changes (of the run: {runId, part, predictionProperty, probabilityProperty, predictionType, noPrediction, noProbability})
// returns: one row: keys (of the graphs that were written), nodeCount, changesSet (properties that hold the changes)
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
WITH g, row, nodes, ofNodes, former, g[$changes.predictionProperty] AS before, g[$changes.probabilityProperty] AS surety
WHERE [n IN nodes | n.{{nodeKey}}] = row.members
SET g += row.properties, g[$scoredAtProperty] = datetime($scoredAt)
// One by one: the server counts a null in a map even where there is nothing to take away.
FOREACH (name IN row.absent | SET g[name] = null)
WITH g, row, nodes, ofNodes, former, before, surety
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
WITH collect({key: row.key, prediction: row.properties[$changes.predictionProperty], before: before,
  probability: row.properties[$changes.probabilityProperty], surety: surety}) AS written,
  sum(size(nodes)) AS nodeCount
CALL (written) {
  WITH written
  WHERE written <> []
  OPTIONAL MATCH (known:SmgRunPart {runId: $changes.runId, part: $changes.part})
  WITH written, known IS NULL AS isNew
  MERGE (p:SmgRunPart {runId: $changes.runId, part: $changes.part})
  // A list of a node holds no null.
  ON CREATE SET
    p.keys = [w IN written | w.key],
    p.predictions = [w IN written | w.prediction],
    p.probabilities = [w IN written | coalesce(w.probability, $changes.noProbability)],
    p.previousPredictions = [w IN written |
      CASE WHEN valueType(w.before) = $changes.predictionType THEN w.before ELSE $changes.noPrediction END
    ],
    p.previousProbabilities = [w IN written |
      CASE WHEN valueType(w.surety) = 'FLOAT NOT NULL' THEN w.surety ELSE $changes.noProbability END
    ]
  RETURN sum(CASE WHEN isNew THEN 7 ELSE 0 END) AS changesSet
}
RETURN [w IN written | w.key] AS keys, nodeCount, changesSet
