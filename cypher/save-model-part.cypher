// purpose: Keep a part of a file of a model in the database
// mode: write
// params: $model, $version, $file (model.json or weights.bin), $index (from 0), $bytes
// returns: nothing
MERGE (p:SmgModelPart {model: $model, version: $version, file: $file, index: $index})
SET p.bytes = $bytes
