// purpose: What a run predicted of graphs, and what was there before it
// mode: read
// params: $runId, $after (part; '' for the first), $limit
// returns: a row per part: part, keys, predictions, probabilities, previousPredictions, previousProbabilities
MATCH (p:SmgRunPart {runId: $runId})
WHERE p.part > $after
RETURN p.part AS part, p.keys AS keys, p.predictions AS predictions, p.probabilities AS probabilities,
  p.previousPredictions AS previousPredictions, p.previousProbabilities AS previousProbabilities
ORDER BY part
LIMIT $limit
