/** Names of what is written (DESIGN: What is written), under the configured prefix. */

export interface WrittenProperties {
  readonly prediction: string
  readonly probability: string
  readonly probabilities: string
  readonly embedding: string
  readonly model: string
  readonly runId: string
  readonly scoredAt: string
  readonly fingerprint: string
  /** Mask of layer k, counted from 1. */
  readonly maskLayer: (layer: number) => string
  /** Masks of all channels, layer by layer. */
  readonly maskChannels: string
  /** Regular expression that matches the mask properties and nothing else. */
  readonly maskPattern: string
  /** Regular expression that matches every written property and nothing else. */
  readonly anyPattern: string
}

const suffixes = [
  'Prediction',
  'Probability',
  'Probabilities',
  'Embedding',
  'Model',
  'RunId',
  'ScoredAt',
  'Fingerprint',
]

const maskSuffixes = 'Layer[0-9]+|Channels'

/** Property names for a prefix such as `smg`, which the configuration holds to letters and digits. */
export function writtenProperties(prefix: string): WrittenProperties {
  return {
    prediction: `${prefix}Prediction`,
    probability: `${prefix}Probability`,
    probabilities: `${prefix}Probabilities`,
    embedding: `${prefix}Embedding`,
    model: `${prefix}Model`,
    runId: `${prefix}RunId`,
    scoredAt: `${prefix}ScoredAt`,
    fingerprint: `${prefix}Fingerprint`,
    maskLayer: (layer) => `${prefix}MaskLayer${layer}`,
    maskChannels: `${prefix}MaskChannels`,
    maskPattern: `${prefix}Mask(${maskSuffixes})`,
    anyPattern: `${prefix}(${suffixes.join('|')}|Mask(${maskSuffixes}))`,
  }
}

/** Name of the vector index over a projection's embeddings. */
export function embeddingIndexName(prefix: string, projectionName: string): string {
  return `${prefix}_${projectionName}_embedding`
}

/** Name of the index over the values that the nodes of a label share, made where the database has none. */
export function groupIndexName(prefix: string, projectionName: string, label: string): string {
  return `${prefix}_${projectionName}_${label}_key`
}

/** Name of the index over a projection's graph keys, made where the database has none. */
export function keyIndexName(prefix: string, projectionName: string): string {
  return `${prefix}_${projectionName}_key`
}
