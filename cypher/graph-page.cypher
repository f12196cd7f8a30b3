// purpose: One page of graph nodes in ascending key order
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{targetProperty}}, {{fingerprintProperty}}, $changedSinceProperty (or null), $scoredAtProperty, $from (first key, inclusive), $limit
// returns: a row per graph: key, target, fingerprint (of the last scoring, or null), touched (whether it was changed since then, null: not known), strayType (of a value that is no ZONED DATETIME, or null)
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} >= $from
RETURN
  g.{{graphKey}} AS key,
  g.{{targetProperty}} AS target,
  g.{{fingerprintProperty}} AS fingerprint,
  CASE
    WHEN g[$changedSinceProperty] IS :: ZONED DATETIME NOT NULL THEN g[$changedSinceProperty] >= g[$scoredAtProperty]
  END AS touched,
  CASE
    WHEN NOT g[$changedSinceProperty] IS :: ZONED DATETIME THEN valueType(g[$changedSinceProperty])
  END AS strayType
ORDER BY key
LIMIT $limit
