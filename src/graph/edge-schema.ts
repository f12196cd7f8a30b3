/**
 * The edge schema: what the model reads of edges besides their ends. It is fitted on the training graphs, travels with the
 * model, and is plain data. How parallel edges count is said in edges.ts.
 */
import type { Category, PropertyGroup } from './feature-schema.ts'

export interface EdgeSchema {
  /** Property that is the factor of an edge in sums over neighbours; `null`: 1 */
  readonly weight: string | null
  /** Property that chooses among T weight matrices, and its values in training; `null`: all edges share one. */
  readonly type: { readonly property: string; readonly categories: readonly Category[] } | null
  /** Columns that the edge network reads, from left to right; none without an edge network. */
  readonly features: readonly PropertyGroup[]
}
