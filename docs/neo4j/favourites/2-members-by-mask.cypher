// Which nodes made it so: the members of one graph, highest mask first
// :param graph => 'C-0001'
MATCH (a:Account)-[:MEMBER_OF]->(c:Case {caseId: $graph})
RETURN a.accountId, a.kind, a.smgMaskLayer1, a.smgMaskLayer2, a.smgMaskLayer3
ORDER BY a.smgMaskLayer2 DESC
LIMIT 25
