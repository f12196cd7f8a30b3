// Show one graph: its members, and who is tied to whom
// :param graph => 'C-0001'
MATCH (c:Case {caseId: $graph})<-[:MEMBER_OF]-(a:Account)
OPTIONAL MATCH (a)-[r:PAID]->(b:Account)-[:MEMBER_OF]->(c)
RETURN c, a, r, b
