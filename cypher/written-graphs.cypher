// purpose: A page of the graph nodes that a projection has written to, by key
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{runIdProperty}}, $projection, $makesGraphNodes, $from (first key, inclusive), $limit
// returns: a row per graph node: key, id
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} >= $from
  AND (
    $makesGraphNodes
    OR EXISTS { ()-[m:SMG_MEMBER_OF]->(g) WHERE m.projection = $projection }
    OR EXISTS { (r:SmgRun) WHERE r.runId = g.{{runIdProperty}} AND r.projection = $projection }
  )
RETURN g.{{graphKey}} AS key, elementId(g) AS id
ORDER BY key
LIMIT $limit
