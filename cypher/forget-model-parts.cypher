// purpose: Delete what an attempt that was broken off left of the files of a model
// mode: write
// params: $model, $version
// returns: nothing
MATCH (p:SmgModelPart {model: $model, version: $version})
DELETE p
