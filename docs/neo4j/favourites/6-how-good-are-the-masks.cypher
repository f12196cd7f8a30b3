// How far masks may be trusted: the figures of the newest run, by layer
// :param projection => 'cases'
MATCH (r:SmgRun)-[:OF]->(:SmgProjection {name: $projection})
RETURN r.runId, r.maskDeletionFidelity, r.maskRandomDeletionFidelity, r.maskInsertionFidelity, r.maskRocAuc
ORDER BY r.startedAt DESC
LIMIT 1
