// purpose: The graph nodes of a projection that lost its label
// mode: read
// params: {{graphLabel}}, $projection
// returns: one row: ids
MATCH ()-[m:SMG_MEMBER_OF]->(g)
WHERE m.projection = $projection AND NOT g:{{graphLabel}}
RETURN collect(DISTINCT elementId(g)) AS ids
