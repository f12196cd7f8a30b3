// purpose: Note on a catalog node where a report about it was written
// mode: write
// params: {{label}}, $key (properties that tell which node, MAP), $report (URL)
// returns: one row: nodeCount
MATCH (n:{{label}})
WHERE all(name IN keys($key) WHERE n[name] = $key[name])
SET n.report = $report
RETURN count(n) AS nodeCount
