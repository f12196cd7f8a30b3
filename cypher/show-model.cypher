// purpose: A version of a model with all that the catalog knows of it, and the evaluations of the same settings
// mode: read
// params: $name, $version (null: the current one, else the newest)
// returns: one row if there is one: model (properties), evaluations (properties each, newest first), runCount
MATCH (m:SmgModel {name: $name})
WHERE $version IS NULL OR m.version = $version
WITH m
ORDER BY coalesce(m.current, false) DESC, toInteger(m.version) DESC
LIMIT 1
CALL (m) {
  OPTIONAL MATCH (e:SmgEvaluation {configuration: m.configuration, learner: 'smg'})
  WITH e
  ORDER BY e.finishedAt DESC
  RETURN collect(properties(e)) AS evaluations
}
RETURN properties(m) AS model, evaluations, COUNT { (m)<-[:USED_MODEL]-(:SmgRun) } AS runCount
