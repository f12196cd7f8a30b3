/** What messages call the values that are encoded, and what has them: a database has properties, a graphology graph attributes. */
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

export const nodeAttributes: Vocabulary = {
  property: 'node attribute',
  holder: 'node',
  remedy: 'take the attribute out of nodeFeatures',
}

export const edgeFeatureAttributes: Vocabulary = {
  property: 'edge attribute',
  holder: 'edge',
  remedy: 'take the attribute out of edgeFeatures',
}

export const edgeWeightAttribute: Vocabulary = {
  property: 'edge attribute',
  holder: 'edge',
  remedy: 'leave edgeWeight out',
}

export const edgeTypeAttribute: Vocabulary = {
  property: 'edge attribute',
  holder: 'edge',
  remedy: 'leave edgeType out',
}
