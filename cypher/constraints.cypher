// purpose: The names of the constraints of the database
// mode: auto
// params: none
// returns: a row per constraint: name
SHOW CONSTRAINTS YIELD name
RETURN name
