// purpose: The models of the catalog, newest first
// mode: read
// params: none
// returns: a row per model: name, version, task, variant, layers, targetProperty, classes, accuracy, meanAbsoluteError, rootMeanSquaredError, current, storedIn, trainedAt, report
MATCH (m:SmgModel)
RETURN m.name AS name, m.version AS version, m.task AS task, m.variant AS variant, m.layers AS layers,
  m.targetProperty AS targetProperty, m.classes AS classes, m.accuracy AS accuracy,
  m.meanAbsoluteError AS meanAbsoluteError, m.rootMeanSquaredError AS rootMeanSquaredError,
  coalesce(m.current, false) AS current, m.storedIn AS storedIn, toString(m.trainedAt) AS trainedAt, m.report AS report
ORDER BY m.trainedAt DESC, name, version
