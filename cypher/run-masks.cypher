// purpose: How many members of the graphs that a run scored have a mask in each of equally wide intervals, layer by layer
// mode: read
// params: {{graphLabel}}, {{runIdProperty}}, {{membershipType}}, {{nodeLabels}}, $runId, $maskProperties (of layers 1 to K), $onMemberships, $intervals
// returns: a row per layer and interval that has some: layer (from 1), interval (from 0), nodeCount, maskSum
MATCH (g:{{graphLabel}})
WHERE g.{{runIdProperty}} = $runId
CALL (g) {
  MATCH (g)-[m:{{membershipType}}]-(n:{{nodeLabels}})
  RETURN n, collect(m)[0] AS membership
}
UNWIND range(1, size($maskProperties)) AS layer
WITH layer, CASE WHEN $onMemberships THEN membership[$maskProperties[layer - 1]] ELSE n[$maskProperties[layer - 1]] END AS mask
WHERE mask IS NOT NULL
WITH layer, mask, toInteger($intervals * mask) AS interval
WITH layer, mask, CASE WHEN interval < $intervals THEN interval ELSE $intervals - 1 END AS interval
RETURN layer, interval, count(*) AS nodeCount, sum(mask) AS maskSum
ORDER BY layer, interval
