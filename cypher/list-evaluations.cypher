// purpose: The cross-validations of the catalog, newest first
// mode: read
// params: none
// returns: a row per evaluation and model: evaluationId, projection, model, protocol, validationFolds, repeats, accuracy, meanAbsoluteError, difference, finishedAt, report
MATCH (e:SmgEvaluation)
RETURN e.evaluationId AS evaluationId, e.projection AS projection, e.model AS model, e.protocol AS protocol,
  e.validationFolds AS validationFolds, e.repeats AS repeats, e.accuracy AS accuracy,
  e.meanAbsoluteError AS meanAbsoluteError, e.difference AS difference, toString(e.finishedAt) AS finishedAt, e.report AS report
ORDER BY e.finishedAt DESC, evaluationId, e.place
