// purpose: Write the scores of whole graphs with the memberships that we make, and take those of former members back; a graph of which a member is gone is left as it is
// mode: write
// params: {{graphLabel}}, {{graphKey}}, {{nodeKey}}, {{fingerprintProperty}}, $projection, $makesGraphNodes, $groupProperty (whose value makes a node a member of another graph, or null), $nodeLabels (of members, none: any), $rows ({key, properties, absent: [property to take away], members: [nodeKey, ascending], memberIds, masks: [[value of each member] of each mask property]} each), $scoredAtProperty, $scoredAt, $maskPattern (regular expression of the mask properties), $maskProperties (of members), $membershipMaskProperties (one of both is empty), $surplusMaskProperties, $surplusMembershipMaskProperties (that only an earlier model or configuration wrote), $changes (of the run: {runId, part, predictionProperty, probabilityProperty, predictionType, noPrediction, noProbability})
// returns: one row: keys (of the graphs that were written), nodeCount, formerCount (memberships taken back), changesSet (properties that hold the changes)
UNWIND $rows AS row
CALL (row) {
  UNWIND range(0, size(row.memberIds) - 1) AS v
  MATCH (n)
  WHERE elementId(n) = row.memberIds[v]
    AND n.{{nodeKey}} = row.members[v]
    AND ($nodeLabels = [] OR any(label IN labels(n) WHERE label IN $nodeLabels))
  WITH n, v
  ORDER BY v
  RETURN collect(n) AS nodes
}
WITH row, nodes
WHERE size(nodes) = size(row.memberIds)
FOREACH (key IN CASE WHEN $makesGraphNodes THEN [row.key] ELSE [] END |
  MERGE (made:SmgGraph {projection: $projection, key: key})
  SET made:{{graphLabel}}
)
WITH row, nodes
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = row.key
WITH g, row, nodes, g[$changes.predictionProperty] AS before, g[$changes.probabilityProperty] AS surety
SET g += row.properties, g[$scoredAtProperty] = datetime($scoredAt)
// One by one: the server counts a null in a map even where there is nothing to take away.
FOREACH (name IN row.absent | SET g[name] = null)
WITH g, row, nodes, before, surety
CALL (g, nodes) {
  MATCH (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  WHERE NOT n IN nodes
  // The graph that it has moved to writes its masks, maybe at the same time.
  WITH n, m, n[$groupProperty] IS NOT NULL AND any(label IN labels(n) WHERE label IN $nodeLabels) AS hasMoved
  WITH n, m, NOT hasMoved AND NOT EXISTS {
    (n)--(other)
    WHERE other <> g AND other.{{fingerprintProperty}} IS NOT NULL
  } AS isFree
  FOREACH (name IN [name IN keys(n) WHERE isFree AND size($maskProperties) > 0 AND name =~ $maskPattern] |
    SET n[name] = null
  )
  DELETE m
  RETURN count(*) AS former
}
CALL (g, row, nodes) {
  UNWIND range(0, size(nodes) - 1) AS v
  WITH nodes[v] AS n, v, row.masks AS masks
  MERGE (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  FOREACH (k IN range(0, size($maskProperties) - 1) | SET n[$maskProperties[k]] = masks[k][v])
  FOREACH (name IN $surplusMaskProperties | SET n[name] = null)
  FOREACH (k IN range(0, size($membershipMaskProperties) - 1) | SET m[$membershipMaskProperties[k]] = masks[k][v])
  FOREACH (name IN $surplusMembershipMaskProperties | SET m[name] = null)
}
WITH collect({key: row.key, prediction: row.properties[$changes.predictionProperty], before: before,
  probability: row.properties[$changes.probabilityProperty], surety: surety}) AS written,
  sum(size(nodes)) AS nodeCount, sum(former) AS formerCount
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
RETURN [w IN written | w.key] AS keys, nodeCount, formerCount, changesSet
