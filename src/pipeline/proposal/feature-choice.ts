/** Which member properties a model could read, how, and why not the others. */
import type { ModelOptions } from '../../config/schema.ts'
import type { PropertyValue } from '../../graph/subgraph.ts'
import { leakOf } from './leakage.ts'
import { wordsOf } from './name-words.ts'
import type { PropertySample } from './sampled-values.ts'

export interface ProposedFeature {
  readonly property: string
  readonly encoding: 'oneHot' | 'standardize'
}

export interface FeatureChoice {
  readonly features: readonly ProposedFeature[]
  /** A line for each property that is left out. */
  readonly leftOut: readonly string[]
}

/** The graphs of the sample, for what only graphs as a whole tell. */
export interface SampledTargets {
  readonly task: ModelOptions['task']
  readonly targetProperty: string
  /** Target and number of sampled members of each graph, in the order of the members. */
  readonly graphs: readonly { readonly target: PropertyValue; readonly memberCount: number }[]
}

const mostTexts = 50
const mostCodes = 100
const codeWords = new Set(['label', 'type', 'kind', 'code', 'class', 'category', 'group', 'status'])
/** Share of the graphs from which on values that are the same throughout a graph only tell graphs apart. */
const mostlyOwn = 0.9

export function chooseFeatures(
  samples: readonly PropertySample[],
  isExcluded: (property: string) => boolean,
  targets: SampledTargets,
): FeatureChoice {
  const features: ProposedFeature[] = []
  const leftOut: string[] = []
  for (const sample of samples.filter(({ name }) => !isExcluded(name))) {
    const chosen = encodingOf(sample)
    const reason = 'reason' in chosen ? chosen.reason : reasonAgainst(sample, targets)
    if (reason !== null) leftOut.push(`${sample.name}: ${reason}`)
    else if ('encoding' in chosen) features.push({ property: sample.name, encoding: chosen.encoding })
  }
  return { features, leftOut }
}

type Encoded = { readonly encoding: ProposedFeature['encoding'] } | { readonly reason: string }

function encodingOf({ name, type, values, count, distinct }: PropertySample): Encoded {
  if (type === 'other') return { reason: 'types that cannot be a feature' }
  if (count < values.length) return { reason: `${values.length - count} of ${values.length} sampled members lack it` }
  if (distinct === 1 && type !== 'list') return { reason: 'every sampled member has the same value' }
  switch (type) {
    case 'BOOLEAN':
      return { encoding: 'oneHot' }
    case 'FLOAT':
    case 'list':
      return { encoding: 'standardize' }
    case 'STRING':
      return distinct > mostTexts || distinct === count
        ? { reason: `${distinct} different texts` }
        : { encoding: 'oneHot' }
    case 'INTEGER':
      if (distinct === count && count > mostCodes) return { reason: 'a different integer at every member' }
      return isCode(name) && distinct <= mostCodes ? { encoding: 'oneHot' } : { encoding: 'standardize' }
    case 'text':
      return { reason: 'long texts' }
  }
}

/** `label2` is one too. */
function isCode(name: string): boolean {
  return wordsOf(name).some((word) => codeWords.has(word.replace(/\d+$/, '')))
}

function reasonAgainst(
  { type, values }: PropertySample,
  { graphs, task, targetProperty }: SampledTargets,
): string | null {
  if (type === 'list') return null
  let first = 0
  const perGraph = graphs.map(({ target, memberCount }) => {
    const own = values.slice(first, first + memberCount)
    first += memberCount
    return { target, values: own }
  })
  const constant = perGraph.filter((graph) => graph.values.length > 1).map((graph) => new Set(graph.values))
  const isOwn = constant.length >= 3 && constant.every((set) => set.size === 1)
  const different = new Set(constant.flatMap((set) => [...set])).size
  if (isOwn && type !== 'FLOAT' && different >= mostlyOwn * constant.length) return 'it only tells graphs apart'
  return leakOf(perGraph, { task, targetProperty })
}
