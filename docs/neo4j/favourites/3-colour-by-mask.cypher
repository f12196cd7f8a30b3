// Colour by mask: labels SmgMask1 (lowest fifth of the members) to SmgMask5 for one graph and one layer
// :param graph => 'C-0001'
// :param layer => 2
MATCH (a:Account)-[:MEMBER_OF]->(:Case {caseId: $graph})
REMOVE a:SmgMask1:SmgMask2:SmgMask3:SmgMask4:SmgMask5
WITH a
ORDER BY a['smgMaskLayer' + toInteger($layer)]
WITH collect(a) AS members
UNWIND range(0, size(members) - 1) AS place
WITH members[place] AS a, 1 + 5 * place / size(members) AS fifth
SET a:$('SmgMask' + fifth)
RETURN fifth, count(*) AS members
ORDER BY fifth
