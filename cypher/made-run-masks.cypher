// purpose: The same of members that we tied to their graphs
// mode: read
// params: {{graphLabel}}, {{runIdProperty}}, $projection, $runId, $maskProperties (of layers 1 to K), $onMemberships, $intervals
// returns: a row per layer and interval that has some: layer (from 1), interval (from 0), nodeCount, maskSum
MATCH (g:{{graphLabel}})
WHERE g.{{runIdProperty}} = $runId
MATCH (n)-[membership:SMG_MEMBER_OF {projection: $projection}]->(g)
UNWIND range(1, size($maskProperties)) AS layer
WITH layer, CASE WHEN $onMemberships THEN membership[$maskProperties[layer - 1]] ELSE n[$maskProperties[layer - 1]] END AS mask
WHERE mask IS NOT NULL
WITH layer, mask, toInteger($intervals * mask) AS interval
WITH layer, mask, CASE WHEN interval < $intervals THEN interval ELSE $intervals - 1 END AS interval
RETURN layer, interval, count(*) AS nodeCount, sum(mask) AS maskSum
ORDER BY layer, interval
