// purpose: Record what a cross-validation said of a model and of each baseline
// mode: write
// params: $evaluationId, $finishedAt, $models (learner, properties)
// returns: nothing
UNWIND $models AS model
MERGE (e:SmgEvaluation {evaluationId: $evaluationId, learner: model.learner})
SET e += model.properties, e.finishedAt = datetime($finishedAt)
