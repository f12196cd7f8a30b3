// purpose: A projection's name identifies it
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_projection_key IF NOT EXISTS
FOR (p:SmgProjection)
REQUIRE p.name IS UNIQUE
