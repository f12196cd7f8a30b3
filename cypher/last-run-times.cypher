// purpose: How long the last finished run of a projection took, and the last that trained
// mode: read
// params: $projection
// returns: one row: readMillis, trainMillis (0 where it did not train), computeMillis, writeMillis, lastTrainMillis; null where there is none
OPTIONAL MATCH (r:SmgRun {projection: $projection, status: 'FINISHED'})
WITH r
ORDER BY r.startedAt DESC
WITH collect(r) AS runs
WITH runs[0] AS last, [r IN runs WHERE r.trainMillis > 0][0] AS trained
RETURN last.readMillis AS readMillis, last.trainMillis AS trainMillis, last.computeMillis AS computeMillis,
  last.writeMillis AS writeMillis, trained.trainMillis AS lastTrainMillis
