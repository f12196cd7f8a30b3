/**
 * What would the prediction of a graph be if some of its members were not there? Their masks are set to 0 in every layer, so
 * that neither they nor their relationships reach the embedding (Lemma 3.1 of the paper). The masks of the others are
 * learned, as always. Writes nothing.
 */
import type { Config } from '../config/schema.ts'
import { ConfigError, SourceDataError } from '../errors.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import { masksWithout } from '../model/preassigned.ts'
import type { Database } from '../neo4j/database.ts'
import type { Score } from '../scoring/score.ts'
import { modelOf, type Outcome, outcomeOf, withScorable } from './predict-stored.ts'

export interface WhatIfQuestion {
  /** Key of the graph; an INTEGER as decimal text. */
  readonly key: string
  /** Keys of the members to leave out. */
  readonly without: readonly string[]
}

export interface WhatIfResult {
  readonly key: Key
  /** "name:version" */
  readonly model: string
  /** In the order of probabilities; none for a regression. */
  readonly classes: readonly string[]
  /** The members that were left out. */
  readonly without: readonly Key[]
  readonly asItIs: Outcome
  readonly withoutThem: Outcome
  /** By how much the probability of each class changes, or the predicted number. [C], or [1] */
  readonly differences: readonly number[]
  /** Of each member, those left out included, in layers 1 to K: what the masks are then. */
  readonly masks: readonly { readonly key: Key; readonly masks: readonly number[] }[]
  readonly warnings: readonly string[]
}

/**
 * @throws SourceDataError naming the graph or the members that there are not; ModelFileError without a model; ConfigError;
 * InterruptedError once the signal is aborted
 */
export async function whatIf(
  database: Database,
  config: Config,
  { key, without }: WhatIfQuestion,
  signal?: AbortSignal,
): Promise<WhatIfResult> {
  if (without.length === 0)
    throw new ConfigError(`Cannot leave out members of graph ${key}: expected their keys, got none`)
  return withScorable({ database, config, signal }, [key], async ({ scorer, model, graphs, warnings }) => {
    const [graph] = graphs
    if (graph === undefined) throw new RangeError(`Cannot score graph ${key}: expected one graph, got none`)
    const leftOut = membersAmong(graph, without)
    const changed = { ...graph }
    const givenMasks = new Map([[changed, masksWithout(leftOut, model.options.layers)]])
    const [asItIs, withoutThem] = await scorer.score([graph, changed], { signal, givenMasks })
    if (asItIs === undefined || withoutThem === undefined)
      throw new RangeError(`Cannot score graph ${key}: expected two scores, got fewer`)
    return {
      key: graph.key,
      ...modelOf(model),
      without: graph.nodeKeys.filter((_, v) => leftOut[v]),
      asItIs: outcomeOf(asItIs),
      withoutThem: outcomeOf(withoutThem),
      differences: valuesOf(withoutThem).map((value, c) => value - (valuesOf(asItIs)[c] ?? Number.NaN)),
      masks: memberMasks(withoutThem),
      warnings,
    }
  })
}

function memberMasks({ nodeKeys, masks, layers }: Score): WhatIfResult['masks'] {
  return nodeKeys.map((key, v) => ({
    key,
    masks: Array.from({ length: layers }, (_, k) => masks[k * nodeKeys.length + v] ?? Number.NaN),
  }))
}

/** Whether each member is among those with the given keys. [N] */
function membersAmong({ key, nodeKeys }: EncodedGraph, texts: readonly string[]): boolean[] {
  const members = new Set(nodeKeys.map(keyText))
  const unknown = texts.filter((text) => !members.has(text))
  if (unknown.length > 0)
    throw new SourceDataError(
      `Cannot leave out members of graph ${keyText(key)}: expected keys of its members, got ${unknown.map((text) => `'${text}'`).join(', ')}; 'smg masks ${keyText(key)}' lists them`,
    )
  const wanted = new Set(texts)
  return nodeKeys.map((member) => wanted.has(keyText(member)))
}

/** Probabilities of the classes [C], or the predicted number [1]. */
function valuesOf({ prediction, probabilities }: Outcome): readonly number[] {
  return probabilities ?? (typeof prediction === 'number' ? [prediction] : [])
}
