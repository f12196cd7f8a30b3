// purpose: The number of nodes with a label, from the count store
// mode: read
// params: {{label}}
// returns: one row: count
MATCH (n:{{label}})
RETURN count(n) AS count
