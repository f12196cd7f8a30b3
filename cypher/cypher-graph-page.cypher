// purpose: A page of the graphs that the user's statement returns, in ascending key order
// mode: read
// params: <<graphsQuery>>, {{graphLabel}}, {{graphKey}}, {{fingerprintProperty}}, $changedSinceProperty (or null), $scoredAtProperty, $from (first key, inclusive), $limit
// returns: a row per graph: key, target (if the statement has it), graphNodes (fingerprint of the last scoring, touched and strayType as graph-page has them; one for each node with that key)
CALL () {
<<graphsQuery>>
}
WITH *
WHERE key >= $from
ORDER BY key
LIMIT $limit
RETURN *, COLLECT {
  MATCH (g:{{graphLabel}})
  WHERE g.{{graphKey}} = key
  RETURN {
    fingerprint: g.{{fingerprintProperty}},
    touched: CASE
      WHEN g[$changedSinceProperty] IS :: ZONED DATETIME NOT NULL THEN g[$changedSinceProperty] >= g[$scoredAtProperty]
    END,
    strayType: CASE
      WHEN NOT g[$changedSinceProperty] IS :: ZONED DATETIME THEN valueType(g[$changedSinceProperty])
    END
  }
} AS graphNodes
