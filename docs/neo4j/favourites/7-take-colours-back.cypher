// Take the colours back: no label SmgMask1 to SmgMask5 is left
MATCH (n:SmgMask1|SmgMask2|SmgMask3|SmgMask4|SmgMask5)
REMOVE n:SmgMask1:SmgMask2:SmgMask3:SmgMask4:SmgMask5
RETURN count(n) AS nodes
