/** What the page of the viewer is given: graphs in its own file, or answers of the server that it came from. */
import type { ViewedGraph } from './viewed-graph.ts'

/** In the page, as JSON. */
export type PageData = { readonly version: string } & (
  | { readonly kind: 'file' /** ISO 8601 */; readonly madeAt: string; readonly graphs: readonly ViewedGraph[] }
  | { readonly kind: 'server' }
)

export interface ProjectionEntry {
  readonly name: string
  readonly targetProperty: string
  /** Of the current model, none for a regression or where there is no model. */
  readonly classes: readonly string[]
}

/** A line of the list of graphs. */
export interface GraphEntry {
  readonly key: string
  readonly prediction: string | number
  /** `null` for a regression. */
  readonly probability: number | null
  readonly target: string | number | boolean | null
}

/** Which graphs are listed. */
export interface GraphFilter {
  /** Part of the key; '': any */
  readonly search: string
  /** Name of the predicted class; `null`: any */
  readonly prediction: string | null
  readonly minProbability: number
  readonly maxProbability: number
  /** Those whose prediction is not their target; of a regression those with a target, the largest error first. */
  readonly disagreeing: boolean
}

export const allGraphs: GraphFilter = {
  search: '',
  prediction: null,
  minProbability: 0,
  maxProbability: 1,
  disagreeing: false,
}

export interface GraphPage {
  readonly graphs: readonly GraphEntry[]
  /** Where the next page begins; `null`: this is the last. */
  readonly next: number | null
}

/** What would be predicted without some members. */
export interface WhatIfAnswer {
  readonly without: readonly string[]
  readonly prediction: string | number
  /** By class, in the model's order; none for a regression. */
  readonly probabilities: ViewedGraph['probabilities']
  /** Of layers 1 to K, by key of the member. */
  readonly masks: Readonly<Record<string, readonly number[]>>
  /** What the whole graph is predicted as by the same model, now. */
  readonly asItIs: string | number
  readonly model: string
}

export const graphsPerPage = 50
