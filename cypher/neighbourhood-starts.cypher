// purpose: Where the walks through the neighbourhoods of these graph nodes start
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{nodeLabels}}, $keys
// returns: a row per graph node: key, id, isMember
UNWIND $keys AS key
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = key
RETURN key, elementId(g) AS id, g:{{nodeLabels}} AS isMember
