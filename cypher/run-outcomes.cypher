// purpose: How many graphs of each known class a run predicted to be of which
// mode: read
// params: {{graphLabel}}, {{runIdProperty}}, {{predictionProperty}}, {{targetProperty}}, $runId
// returns: a row per pair: prediction (as text), target (as text; null where it is not known), graphCount
MATCH (g:{{graphLabel}})
WHERE g.{{runIdProperty}} = $runId
RETURN toStringOrNull(g.{{predictionProperty}}) AS prediction, toStringOrNull(g.{{targetProperty}}) AS target,
  count(*) AS graphCount
ORDER BY prediction, target
