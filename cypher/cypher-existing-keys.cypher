// purpose: Which of these keys the user's statement returns
// mode: read
// params: <<graphsQuery>>, $keys
// returns: one row: keys
CALL () {
<<graphsQuery>>
}
WITH key
WHERE key IN $keys
RETURN collect(DISTINCT key) AS keys
