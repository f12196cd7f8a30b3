/** Measures the masks of a model that was just trained, on graphs that were held out. */
import { createRandom, shuffled } from '../../graph/random.ts'
import { type MaskQuality, measureMaskQuality } from '../../model/mask-quality/mask-quality.ts'
import { scoringNetwork, type TrainedModel } from '../../model/model.ts'
import type { ScoringNetwork } from '../../model/predict.ts'
import { trainNetwork } from '../../model/train.ts'
import type { Source } from '../source.ts'
import type { TrainingData } from '../trained-model.ts'
import { readMaskTruth } from './mask-truth.ts'

/**
 * `undefined` where the configuration wants none. Takes as long as a few epochs of training at most: every graph that is measured
 * is scored some twenty times.
 *
 * @throws SourceDataError if the truth cannot be read; InterruptedError once the signal is aborted; NotFiniteError
 */
export async function measuredMasks(
  source: Source,
  data: TrainingData,
  model: TrainedModel,
): Promise<MaskQuality | undefined> {
  const { maskQuality, training } = source.config
  const { share, graphs: atMost, truthProperty, stabilitySeeds } = maskQuality
  const { randomSeed } = training
  const graphs = shuffled(data.test, createRandom(randomSeed, 'mask-quality')).slice(0, atMost)
  if (graphs.length === 0) return undefined
  return measureMaskQuality(scoringNetwork(model), graphs, {
    share,
    randomSeed,
    truth: truthProperty === undefined ? undefined : await readMaskTruth(source, graphs, truthProperty),
    others: await networksOfOtherSeeds(model, data, stabilitySeeds, source.signal),
    signal: source.signal,
  })
}

/** Trained as `model` was, on the same graphs, from other weights and in another order. */
async function networksOfOtherSeeds(
  model: TrainedModel,
  { train, validation }: TrainingData,
  count: number,
  signal: AbortSignal | undefined,
): Promise<ScoringNetwork[]> {
  const { shape } = scoringNetwork(model)
  const networks: ScoringNetwork[] = []
  for (let i = 1; i <= count; i++) {
    const options = { ...model.training, randomSeed: (model.training.randomSeed + i) % 2 ** 32 }
    const { dropout } = model.options
    networks.push({ shape, ...(await trainNetwork({ shape, dropout, options, train, validation, signal })) })
  }
  return networks
}
