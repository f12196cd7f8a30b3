// purpose: The vector index over graph embeddings, for similarity search
// mode: auto
// params: {{index}}, {{graphLabel}}, {{embeddingProperty}}, $dimensions
// returns: nothing
CREATE VECTOR INDEX {{index}} IF NOT EXISTS
FOR (g:{{graphLabel}})
ON (g.{{embeddingProperty}})
OPTIONS {indexConfig: {`vector.dimensions`: $dimensions, `vector.similarity_function`: 'cosine'}}
