// purpose: How many graphs a run gave a number in each of equally wide intervals
// mode: read
// params: {{graphLabel}}, {{runIdProperty}}, {{valueProperty}}, $runId, $low, $high (null: the lowest and the highest number there is), $intervals
// returns: a row per interval that has some: low, high (of all), interval (from 0), graphCount
MATCH (g:{{graphLabel}})
WHERE g.{{runIdProperty}} = $runId AND g.{{valueProperty}} IS :: INTEGER | FLOAT
WITH coalesce($low, min(g.{{valueProperty}})) AS low, coalesce($high, max(g.{{valueProperty}})) AS high
MATCH (g:{{graphLabel}})
WHERE g.{{runIdProperty}} = $runId AND g.{{valueProperty}} IS :: INTEGER | FLOAT
WITH low, high, CASE WHEN high > low THEN toInteger($intervals * (g.{{valueProperty}} - low) / (high - low)) ELSE 0 END AS interval
WITH low, high, CASE WHEN interval < $intervals THEN interval ELSE $intervals - 1 END AS interval
RETURN low, high, interval, count(*) AS graphCount
ORDER BY interval
