/**
 * The feature schema: how member properties become the columns of x [N, F]. It is fitted on the training graphs, travels
 * with the model, and is plain data.
 */

/** A value that gets a column of its own. Text "1", integer 1n and `true` are three different categories. */
export type Category = string | bigint | boolean

/** The columns of one property. */
export type PropertyGroup =
  /** One column per category, in the order given; a category that is not listed leaves them all 0. */
  | { readonly kind: 'oneHot'; readonly property: string; readonly categories: readonly Category[] }
  /** (value - mean) / std, for each component of a numeric list, or for the one number. */
  | {
      readonly kind: 'standardize'
      readonly property: string
      readonly list: boolean
      readonly mean: readonly number[]
      readonly std: readonly number[]
    }
  /** The number, or the numbers of the list, as they are. */
  | { readonly kind: 'none'; readonly property: string; readonly list: boolean; readonly length: number }

/** The columns of the degree. */
export type DegreeGroup =
  /** One column per number of neighbours 0..maxDegree; more neighbours share the last column. */
  | { readonly kind: 'degreeOneHot'; readonly maxDegree: number }
  | { readonly kind: 'degreeStandardize'; readonly mean: number; readonly std: number }

export type FeatureGroup = PropertyGroup | DegreeGroup

export interface FeatureSchema {
  /** Number of columns, F. */
  readonly featureCount: number
  /** Groups of columns from left to right: those of the feature properties in their order, then the degree, if any. */
  readonly groups: readonly FeatureGroup[]
}

/** Number of columns of a group. */
export function widthOf(group: FeatureGroup): number {
  switch (group.kind) {
    case 'oneHot':
      return group.categories.length
    case 'standardize':
      return group.mean.length
    case 'none':
      return group.length
    case 'degreeOneHot':
      return group.maxDegree + 1
    case 'degreeStandardize':
      return 1
  }
}

export function createFeatureSchema(groups: readonly FeatureGroup[]): FeatureSchema {
  return { featureCount: groups.reduce((sum, group) => sum + widthOf(group), 0), groups }
}
