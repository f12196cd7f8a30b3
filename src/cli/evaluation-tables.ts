/** What an evaluation says, in tables. */
import type { EvaluatedModel, Evaluation, MeasureDifference } from '../pipeline/evaluate/evaluate.ts'
import { measureWords } from '../pipeline/evaluate/measure-words.ts'
import type { Spread } from '../pipeline/evaluate/spread.ts'
import { bestTrial } from '../pipeline/evaluate/trial-outcomes.ts'
import { shownNumber } from '../pipeline/shown-number.ts'
import type { Output } from './output.ts'

const protocolNotes = {
  gin: 'the epoch is the one with the highest mean over folds, chosen on test data',
  nested: 'chosen on validation data alone',
}

export function printEvaluation(output: Output, evaluation: Evaluation): void {
  const { name, graphCount, protocol, validationFolds, repeats, models } = evaluation
  const [first] = models
  const folds = `${validationFolds} folds${repeats > 1 ? `, ${repeats} times` : ''}`
  output.line(
    `${name}: ${graphCount.toLocaleString('en-US')} graphs, ${folds}, protocol ${protocol}: ${protocolNotes[protocol]}`,
  )
  output.table(
    models.map((model) => ({
      model: model.name,
      ...measureCells(model),
      ...(models.length > 1 && differenceCells(first?.name ?? '', model.difference)),
    })),
  )
  if (first?.trials) printTrials(output, first.trials, evaluation.epochChoice)
}

function measureCells({ measures }: EvaluatedModel): Record<string, string> {
  return Object.fromEntries(
    Object.entries(measureWords).flatMap(([name, words]) => {
      const spread = measures[name]
      return spread === undefined ? [] : [[words, spreadText(spread)]]
    }),
  )
}

function differenceCells(first: string, difference: MeasureDifference | null): Record<string, string> {
  const [low, high] = difference?.interval ?? []
  const measure = measureWords[difference?.measure ?? '']
  return {
    [`${first} less it`]: difference === null ? '' : `${signed(difference.mean)} ${measure}`,
    '95 % interval': low === undefined || high === undefined ? '' : `${signed(low)} to ${signed(high)}`,
  }
}

function printTrials(
  output: Output,
  trials: NonNullable<EvaluatedModel['trials']>,
  epochChoice: Evaluation['epochChoice'],
): void {
  output.table(
    trials.map(({ trial, parameters, validationLoss, validationAccuracy, chosenIn, endedEarlyIn }) => ({
      settings: trial,
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
      'validation loss': spreadText(validationLoss),
      ...(validationAccuracy && { 'validation accuracy': spreadText(validationAccuracy) }),
      'chosen in folds': chosenIn,
      'ended early in folds': endedEarlyIn,
    })),
  )
  const best = bestTrial(trials, epochChoice)
  if (best === undefined) return
  const settings = Object.entries(best.parameters).map(([name, value]) => `${name}: ${value}`)
  const rank = epochChoice === 'loss' ? 'Lowest mean validation loss' : 'Highest mean validation accuracy'
  output.line(`${rank}: settings ${best.trial}; to train with them, set ${settings.join(', ')}`)
}

function spreadText({ mean, std }: Spread): string {
  return `${shownNumber(mean)} ± ${shownNumber(std)}`
}

function signed(value: number): string {
  return value > 0 ? `+${shownNumber(value)}` : shownNumber(value)
}
