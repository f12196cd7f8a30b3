/** Measures the masks of a model that was just trained, on graphs that were held out. */
import type { MaskQualityOptions } from '../../config/mask-quality-options.ts'
import type { TrainingOptions } from '../../config/schema.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createRandom, shuffled } from '../../graph/random.ts'
import { type MaskTruth, measureMaskQuality } from '../../model/mask-quality/mask-quality.ts'
import { scoringNetwork, type TrainedModel } from '../../model/model.ts'
import type { ScoringNetwork } from '../../model/predict.ts'
import { trainNetwork } from '../../model/train.ts'
import type { Source } from '../source.ts'
import type { TrainingData } from '../trained-model.ts'
import { readMaskTruth } from './mask-truth.ts'

/** How masks are measured, as `maskQuality` of the configuration has it. */
export type MaskSettings = Pick<MaskQualityOptions, 'share' | 'graphs' | 'stabilitySeeds'>

/** What masks are measured on. */
export interface HeldOutMasks {
  readonly graphs: readonly EncodedGraph[]
  readonly truth: MaskTruth | undefined
}

/** Those of the held-out graphs that are measured: random ones, `graphs` at most. */
export function graphsToMeasure(
  { test }: Pick<TrainingData, 'test'>,
  { graphs }: Pick<MaskSettings, 'graphs'>,
  { randomSeed }: Pick<TrainingOptions, 'randomSeed'>,
): readonly EncodedGraph[] {
  return shuffled(test, createRandom(randomSeed, 'mask-quality')).slice(0, graphs)
}

/**
 * The graphs of a projection that are measured, with the truth where a property is named; read before training, so that what is
 * wrong with it does not come out after.
 *
 * @throws SourceDataError if the truth cannot be used; InterruptedError once the signal is aborted
 */
export async function heldOutMasks(source: Source, data: TrainingData): Promise<HeldOutMasks> {
  const { maskQuality, training } = source.config
  const { truthProperty } = maskQuality
  const graphs = graphsToMeasure(data, maskQuality, training)
  const truth = truthProperty === undefined ? undefined : await readMaskTruth(source, graphs, truthProperty)
  return { graphs, truth }
}

/**
 * The model with the quality of its masks; as it is where no graphs are to be measured. Takes as long as a few epochs of training at
 * most, as every graph is scored some twenty times; with `stabilitySeeds` as long as so many trainings more.
 *
 * @throws InterruptedError once the signal is aborted; NotFiniteError naming a graph that has no finite results without some nodes;
 * SmgError if the training with another seed diverges
 */
export async function withMeasuredMasks(
  model: TrainedModel,
  data: TrainingData,
  { graphs, truth }: HeldOutMasks,
  { share, stabilitySeeds, signal }: MaskSettings & { readonly signal: AbortSignal | undefined },
): Promise<TrainedModel> {
  if (graphs.length === 0) return model
  const maskQuality = await measureMaskQuality(scoringNetwork(model), graphs, {
    share,
    randomSeed: model.training.randomSeed,
    truth,
    others: await networksOfOtherSeeds(model, data, stabilitySeeds, signal),
    signal,
  })
  return { ...model, maskQuality }
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
