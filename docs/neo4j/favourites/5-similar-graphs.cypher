// What looks like this one: by embedding, through the vector index
// :param graph => 'C-0001'
MATCH (c:Case {caseId: $graph})
CALL db.index.vector.queryNodes('smg_cases_embedding', 6, c.smgEmbedding) YIELD node, score
WHERE node <> c
RETURN node.caseId, node.smgPrediction, node.smgProbability, score
