// purpose: Model, version, file and place identify a part of a model
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_model_part_key IF NOT EXISTS
FOR (p:SmgModelPart)
REQUIRE (p.model, p.version, p.file, p.index) IS UNIQUE
