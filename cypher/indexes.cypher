// purpose: The indexes of the database
// mode: auto
// params: none
// returns: a row per index: name, type, state, labels, properties, owningConstraint, dimensions (of a vector index, or null)
SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties, owningConstraint, options
RETURN
  name,
  type,
  state,
  coalesce(labelsOrTypes, []) AS labels,
  coalesce(properties, []) AS properties,
  owningConstraint,
  options.indexConfig.`vector.dimensions` AS dimensions
