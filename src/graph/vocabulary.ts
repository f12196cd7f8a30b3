/**
 * What messages call the values that are encoded or learned, and what has them: a database has properties, a graphology graph
 * attributes.
 */
export interface Vocabulary {
  /** Such as "property". */
  readonly property: string
  /** What has it, such as "member". */
  readonly holder: string
  /** How to do without it, such as "take the property out of featureProperties". */
  readonly remedy: string
}

export const memberProperties: Vocabulary = {
  property: 'property',
  holder: 'member',
  remedy: 'take the property out of featureProperties',
}

/** Targets in a database. */
export const graphProperties: Vocabulary = {
  property: 'property',
  holder: 'graph',
  remedy: 'choose another targetProperty',
}

/** Targets of graphology graphs. */
export const graphAttributes: Vocabulary = {
  property: 'graph attribute',
  holder: 'graph',
  remedy: 'choose another target',
}

export const nodeAttributes: Vocabulary = {
  property: 'node attribute',
  holder: 'node',
  remedy: 'take the attribute out of nodeFeatures',
}

/** The same of edges, by what a model reads of them. */
export interface EdgeVocabulary {
  readonly weight: Vocabulary
  readonly type: Vocabulary
  readonly features: Vocabulary
}

export const relationshipProperties: EdgeVocabulary = {
  weight: { property: 'property', holder: 'relationship', remedy: 'leave relationshipWeightProperty out' },
  type: { property: 'relationship', holder: 'relationship', remedy: 'set relationshipTypeWeights: false' },
  features: {
    property: 'property',
    holder: 'relationship',
    remedy: 'take the property out of relationshipFeatureProperties',
  },
}

const edge = { property: 'edge attribute', holder: 'edge' }

export const edgeAttributes: EdgeVocabulary = {
  weight: { ...edge, remedy: 'leave edgeWeight out' },
  type: { ...edge, remedy: 'leave edgeType out' },
  features: { ...edge, remedy: 'take the attribute out of edgeFeatures' },
}
