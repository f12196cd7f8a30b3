/** `smg score`: with the model that there is. Of single graphs it says what the model predicts, and writes nothing. */
import type { Command } from 'commander'
import { keyInWords } from '../config/graph-nodes.ts'
import { ConfigError } from '../errors.ts'
import { keyText } from '../graph/subgraph.ts'
import { predictStored } from '../pipeline/predict-stored.ts'
import { shownNumber } from '../pipeline/shown-number.ts'
import { type WhatIfResult, whatIf } from '../pipeline/what-if.ts'
import { type CommandContext, createContext, withDatabase } from './context.ts'
import { differenceText, outcomeText, predictionText, probabilityText } from './outcome-text.ts'
import type { Output } from './output.ts'
import { runSync } from './run-sync.ts'

interface ScoreFlags {
  readonly without?: string
}

export function addScoreCommand(program: Command, signal: AbortSignal): void {
  program
    .command('score')
    .description(
      'score what is new or changed with the model that there is, and write it back; of single graphs, print what the model predicts and write nothing',
    )
    .argument('[keys...]', 'keys of graphs')
    .option('--without <members>', 'what would be predicted without these members of the one graph: keys, with commas')
    .action(async (keys: readonly string[], { without }: ScoreFlags, self: Command) => {
      const context = createContext(self, signal)
      if (without !== undefined) await printWhatIf(context, keys, without)
      else if (keys.length > 0) await printPredictions(context, keys)
      else await runSync(context, { train: false })
    })
}

async function printPredictions(context: CommandContext, keys: readonly string[]): Promise<void> {
  const { output, signal } = context
  const config = await context.config()
  const result = await withDatabase(context, (database) => predictStored(database, config, keys, signal))
  output.json(result)
  for (const warning of result.warnings) output.note(`Warning: ${warning}`)
  output.table(
    result.graphs.map(({ key, prediction, probability }) => ({
      [keyInWords(config.projection)]: key,
      prediction: predictionText(prediction),
      ...(probability !== null && { probability: probabilityText(probability) }),
      model: result.model,
    })),
  )
}

async function printWhatIf(context: CommandContext, keys: readonly string[], members: string): Promise<void> {
  const { output, signal } = context
  const [key, ...others] = keys
  if (key === undefined || others.length > 0)
    throw new ConfigError(`Cannot leave out members: expected the key of one graph, got ${keys.length}`)
  const without = members.split(',').filter((member) => member !== '')
  const config = await context.config()
  const result = await withDatabase(context, (database) => whatIf(database, config, { key, without }, signal))
  output.json(result)
  for (const warning of result.warnings) output.note(`Warning: ${warning}`)
  output.line(`Graph ${keyText(result.key)}: predicted ${outcomeText(result.asItIs)} by ${result.model}`)
  output.line(`Without ${result.without.map(keyText).join(', ')}: ${outcomeText(result.withoutThem)}`)
  printDifferences(output, result)
}

/** Class by class, where there are classes. */
function printDifferences(output: Output, { classes, asItIs, withoutThem, differences }: WhatIfResult): void {
  output.table(
    classes.map((name, c) => ({
      class: name,
      'as it is': probabilityText(asItIs.probabilities?.[c] ?? Number.NaN),
      'without them': probabilityText(withoutThem.probabilities?.[c] ?? Number.NaN),
      difference: differenceText(differences[c] ?? Number.NaN),
    })),
  )
  if (classes.length === 0) output.line(`Difference: ${differences.map(shownNumber).join(', ')}`)
}
