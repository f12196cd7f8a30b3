// purpose: A page of the scored graphs of a projection that are like this, surest first
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{predictionProperty}}, {{probabilityProperty}}, {{targetProperty}}, $search (part of the key, or ''), $prediction (as text, or null), $minProbability, $maxProbability, $disagreeing (only those with another target), $skip, $limit
// returns: a row per graph: key (text), prediction, probability (null for a regression), target (null where there is none). With $disagreeing the largest error of a regression comes first
MATCH (g:{{graphLabel}})
WHERE g.{{predictionProperty}} IS NOT NULL
  AND ($search = '' OR toString(g.{{graphKey}}) CONTAINS $search)
  AND ($prediction IS NULL OR toString(g.{{predictionProperty}}) = $prediction)
  AND (
    g.{{probabilityProperty}} IS NULL
    OR $minProbability <= g.{{probabilityProperty}} <= $maxProbability
  )
  AND (
    NOT $disagreeing
    OR toStringOrNull(g.{{targetProperty}}) <> toString(g.{{predictionProperty}})
  )
WITH
  g,
  CASE
    WHEN $disagreeing AND g.{{probabilityProperty}} IS NULL
      THEN abs(toFloatOrNull(g.{{targetProperty}}) - toFloatOrNull(g.{{predictionProperty}}))
  END AS error
ORDER BY error DESC, g.{{probabilityProperty}} DESC, g.{{graphKey}}
SKIP $skip
LIMIT $limit
RETURN
  toString(g.{{graphKey}}) AS key,
  g.{{predictionProperty}} AS prediction,
  g.{{probabilityProperty}} AS probability,
  g.{{targetProperty}} AS target
