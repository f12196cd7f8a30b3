/** What the layers of all baselines give. */
import type { Value } from '../ops.ts'
import type { BaselineWeights } from './baseline-weights.ts'
import type { Moments } from './batch-normalization.ts'

export interface BaselineLayer {
  /** [R, H] */
  readonly h: Value
  /** Of its normalisations. */
  readonly moments: readonly Moments<Value>[]
  /** d h -> that of the layer below [R, H], and gradients by name. */
  readonly backward: (dh: Value) => { readonly dh: Value; readonly gradients: BaselineWeights }
}
