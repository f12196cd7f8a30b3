// purpose: The columns of the user's statement for graphs; nothing is run
// mode: read
// params: <<graphsQuery>>
// returns: no rows: its columns
EXPLAIN
CALL () {
<<graphsQuery>>
}
RETURN *
