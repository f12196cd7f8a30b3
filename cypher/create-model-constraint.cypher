// purpose: A model's name and version identify it
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_model_key IF NOT EXISTS
FOR (m:SmgModel)
REQUIRE (m.name, m.version) IS UNIQUE
