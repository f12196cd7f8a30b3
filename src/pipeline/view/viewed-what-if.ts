/** What would be predicted without some members, as the viewer shows it. */
import type { Config } from '../../config/schema.ts'
import { keyText } from '../../graph/subgraph.ts'
import type { Database } from '../../neo4j/database.ts'
import type { WhatIfAnswer } from '../../viewer/viewer-api.ts'
import { whatIf } from '../what-if.ts'

/** Errors as {@link whatIf}. */
export async function viewedWhatIf(
  database: Database,
  config: Config,
  question: { readonly key: string; readonly without: readonly string[] },
  signal: AbortSignal,
): Promise<WhatIfAnswer> {
  const { asItIs, withoutThem, without, classes, masks, model } = await whatIf(database, config, question, signal)
  return {
    without: without.map(keyText),
    prediction: withoutThem.prediction,
    probabilities: (withoutThem.probabilities ?? []).map((probability, c) => ({
      name: classes[c] ?? `${c}`,
      probability,
    })),
    masks: Object.fromEntries(masks.map(({ key, masks: ofLayers }) => [keyText(key), ofLayers])),
    asItIs: asItIs.prediction,
    model,
  }
}
