// purpose: A cross-validation with all that the catalog knows of each model in it
// mode: read
// params: $evaluationId
// returns: a row per model, the first one first: evaluation (properties)
MATCH (e:SmgEvaluation {evaluationId: $evaluationId})
RETURN properties(e) AS evaluation
ORDER BY e.place, e.learner
