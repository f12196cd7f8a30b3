// purpose: A scoring run with all that the catalog knows of it
// mode: read
// params: $runId
// returns: one row if there is such a run: run (properties), model, changedGraphs (whose predictions it wrote, as far as they are kept)
MATCH (r:SmgRun {runId: $runId})
OPTIONAL MATCH (r)-[:USED_MODEL]->(m:SmgModel)
CALL (r) {
  OPTIONAL MATCH (p:SmgRunPart {runId: r.runId})
  RETURN sum(size(p.keys)) AS changedGraphs
}
RETURN properties(r) AS run, m.name + ':' + m.version AS model, changedGraphs
