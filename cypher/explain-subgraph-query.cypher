// purpose: The columns of a statement of the user's for one graph; nothing is run
// mode: read
// params: <<subgraphQuery>>, $keys
// returns: no rows: key and its columns
EXPLAIN
UNWIND $keys AS key
CALL (key) {
<<subgraphQuery>>
}
RETURN *
