// purpose: A calculation that is always the same, to tell how fast the server is
// mode: read
// params: $rows
// returns: one row: count
UNWIND range(1, $rows) AS i
WITH i
WHERE toString(i) ENDS WITH '7'
RETURN count(i) AS count
