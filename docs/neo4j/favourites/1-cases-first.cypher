// Which graphs first: by probability of a class
// :param class => 'true'
MATCH (c:Case {smgPrediction: $class})
RETURN c.caseId, c.smgProbability, c.smgModel, c.smgScoredAt
ORDER BY c.smgProbability DESC
LIMIT 25
