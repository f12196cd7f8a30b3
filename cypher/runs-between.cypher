// purpose: The runs of a projection that came after one of them, up to another
// mode: read
// params: $from, $to (run ids)
// returns: a row per run, oldest first: runId, model, projection, scored; none where one of both is not there, they are not of one projection, or the second is the earlier
MATCH (a:SmgRun {runId: $from})
WITH a.projection AS projection, a.startedAt AS since
MATCH (b:SmgRun {runId: $to, projection: projection})
WHERE since <= b.startedAt
MATCH (r:SmgRun {projection: projection})
WHERE since < r.startedAt <= b.startedAt OR r = b
OPTIONAL MATCH (r)-[:USED_MODEL]->(m:SmgModel)
RETURN r.runId AS runId, m.name + ':' + m.version AS model, r.projection AS projection, coalesce(r.scored, 0) AS scored
ORDER BY r.startedAt, runId
