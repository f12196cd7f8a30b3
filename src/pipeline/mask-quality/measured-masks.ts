/** Measures the masks of a model that was just trained, on graphs that were held out. */
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createRandom, shuffled } from '../../graph/random.ts'
import { type MaskQuality, type MaskTruth, measureMaskQuality } from '../../model/mask-quality/mask-quality.ts'
import { scoringNetwork, type TrainedModel } from '../../model/model.ts'
import type { ScoringNetwork } from '../../model/predict.ts'
import { trainNetwork } from '../../model/train.ts'
import type { Source } from '../source.ts'
import type { TrainingData } from '../trained-model.ts'
import { readMaskTruth } from './mask-truth.ts'

/** What masks are measured on. */
export interface HeldOutMasks {
  readonly graphs: readonly EncodedGraph[]
  readonly truth: MaskTruth | undefined
}

/**
 * The held-out graphs that masks are to be measured on, with the truth where one is named; read before training, so that what is
 * wrong with it does not come out after.
 *
 * @throws SourceDataError if the truth cannot be used; InterruptedError once the signal is aborted
 */
export async function heldOutMasks(source: Source, { test }: TrainingData): Promise<HeldOutMasks> {
  const { maskQuality, training } = source.config
  const { graphs: atMost, truthProperty } = maskQuality
  const graphs = shuffled(test, createRandom(training.randomSeed, 'mask-quality')).slice(0, atMost)
  return {
    graphs,
    truth: truthProperty === undefined ? undefined : await readMaskTruth(source, graphs, truthProperty),
  }
}

/**
 * `undefined` where no graphs are to be measured. Takes as long as a few epochs of training at most, as every graph is scored some
 * twenty times; with `stabilitySeeds` as long as so many trainings more.
 *
 * @throws InterruptedError once the signal is aborted; NotFiniteError naming a graph that has no finite results without some nodes;
 * SmgError if the training with another seed diverges
 */
export async function measuredMasks(
  { config, signal }: Source,
  data: TrainingData,
  model: TrainedModel,
  { graphs, truth }: HeldOutMasks,
): Promise<MaskQuality | undefined> {
  if (graphs.length === 0) return undefined
  const { share, stabilitySeeds } = config.maskQuality
  return measureMaskQuality(scoringNetwork(model), graphs, {
    share,
    randomSeed: config.training.randomSeed,
    truth,
    others: await networksOfOtherSeeds(model, data, stabilitySeeds, signal),
    signal,
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
  const { dropout } = model.options
  const networks: ScoringNetwork[] = []
  for (let i = 1; i <= count; i++) {
    const options = { ...model.training, randomSeed: (model.training.randomSeed + i) % 2 ** 32 }
    const { weights, targetScaling } = await trainNetwork({ shape, dropout, options, train, validation, signal })
    networks.push({ shape, weights, targetScaling })
  }
  return networks
}
