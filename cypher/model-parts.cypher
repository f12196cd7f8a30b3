// purpose: The parts of the files of a model, in their order
// mode: read
// params: $model, $version
// returns: a row per part: file, bytes
MATCH (p:SmgModelPart {model: $model, version: $version})
RETURN p.file AS file, p.bytes AS bytes
ORDER BY file, p.index
