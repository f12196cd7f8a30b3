/** The form of a network: what it reads, what it predicts, and how large it is. */
import type { ModelOptions } from '../config/schema.ts'

/** All that fixes the weights' names and shapes. */
export interface NetworkShape {
  readonly variant: ModelOptions['variant']
  readonly readout: ModelOptions['readout']
  /** Number of layers, K. */
  readonly layers: number
  /** Hidden units, H. */
  readonly hidden: number
  readonly inputProjection: boolean
  /** Feature columns, F. */
  readonly featureCount: number
  /** Relationship types with weights of their own, T. */
  readonly typeCount: number
  /** Edge feature columns, De; 0: no edge network. */
  readonly edgeFeatureCount: number
  /** Hidden units of the edge network, Eh. */
  readonly edgeHidden: number
  readonly task: 'classification' | 'regression'
  /** Classes, or targets of a regression, C. */
  readonly outputCount: number
}

export function isJk({ variant }: Pick<NetworkShape, 'variant'>): boolean {
  return variant.endsWith('-jk')
}

export function isMultiChannel({ variant }: Pick<NetworkShape, 'variant'>): boolean {
  return variant.startsWith('m-')
}

/** Width D of the graph embedding: H, or K H where the layers are joined. */
export function embeddingSize(shape: Pick<NetworkShape, 'variant' | 'layers' | 'hidden'>): number {
  return isJk(shape) ? shape.layers * shape.hidden : shape.hidden
}
