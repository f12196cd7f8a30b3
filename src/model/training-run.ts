/** A training run, epoch by epoch: the state that changes with every batch, and one pass over the graphs. */
import { setImmediate } from 'node:timers/promises'
import type { TrainingOptions } from '../config/schema.ts'
import { SmgError, throwIfInterrupted } from '../errors.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { createRandom, type RandomState, resumeRandom, shuffled } from '../graph/random.ts'
import { type AdamState, adamStep, copyAdamState, createAdamState } from './adam.ts'
import { divergenceCause } from './divergence.ts'
import { dropoutFactors } from './dropout.ts'
import { createLoss, type Measures } from './losses.ts'
import { initialParameters, type NetworkShape } from './parameters.ts'
import type { GivenMasks } from './preassigned.ts'
import { outputsOf, requireFeatures } from './predict.ts'
import { prepareGraphs } from './prepared-graphs.ts'
import { createPrograms } from './program/shard-programs.ts'
import { defaultCostLimit, shardGroups } from './shards.ts'
import { fitTargetScaling, type TargetScaling } from './targets.ts'

export interface TrainingRunInput {
  readonly shape: NetworkShape
  /** Dropout probability in the classifier. */
  readonly dropout: number
  readonly options: Pick<TrainingOptions, 'batchSize' | 'randomSeed' | 'classWeights' | 'concurrency'>
  /** Every graph with a class, or with targets. */
  readonly train: readonly EncodedGraph[]
  readonly validation: readonly EncodedGraph[]
  /** Masks to use instead of learned ones, graph by graph; the mask networks learn from the others alone. */
  readonly givenMasks?: ReadonlyMap<EncodedGraph, GivenMasks> | undefined
  readonly signal?: AbortSignal | undefined
  /** What may be computed at the same time, as `costOf` counts it. Default: about 0.5 GB at 64 hidden units and 4 layers */
  readonly costLimit?: number | undefined
  /** Where to go on from. Default: initial weights */
  readonly from?: RunState | undefined
}

/** All that changes with every batch, as it is between two epochs. */
export interface RunState {
  /** [P] */
  readonly parameters: Float32Array
  readonly adam: AdamState
  /** Of the generator that orders the graphs. */
  readonly shuffling: RandomState
  /** Of the generator that draws dropout. */
  readonly dropping: RandomState
}

export interface EpochState {
  /** From 1; for messages. */
  readonly epoch: number
  readonly learningRate: number
}

export interface TrainingRun {
  /** Changed by every epoch. [P] */
  readonly parameters: Float32Array
  /** `null` for classes. */
  readonly targetScaling: TargetScaling | null
  /**
   * One pass over the training graphs in new order; the mean loss.
   *
   * @throws SmgError if the loss or the gradient is not finite, with the cause; InterruptedError once the signal is aborted.
   */
  epoch(state: EpochState): Promise<number>
  /**
   * Measures of the validation graphs.
   *
   * @throws SmgError if the loss is not finite; InterruptedError once the signal is aborted
   */
  validate(state: EpochState): Promise<Measures>
  /**
   * Outputs of the validation graphs, in their order: logits, or standardised values. [G, C]
   *
   * @throws InterruptedError once the signal is aborted
   */
  validationOutputs(): Promise<Float32Array>
  /** A copy, to be taken between two epochs. */
  state(): RunState
  /** Frees the compiled programs. */
  dispose(): void
}

/** @throws RangeError if a graph has no class or no targets, or does not fit the network, or given masks do not fit a graph */
export function createTrainingRun(input: TrainingRunInput): TrainingRun {
  const { shape, options, train, validation, signal, dropout, costLimit = defaultCostLimit, from } = input
  const { concurrency, batchSize, randomSeed } = options
  const graphs = [...train, ...validation]
  requireFeatures(graphs, shape, 'train')
  const classifierDropout = shape.task === 'classification' ? dropout : 0
  const targetScaling = shape.task === 'regression' ? fitTargetScaling(train) : null
  const loss = createLoss(shape, graphs, { targetScaling, balanced: options.classWeights ? train.length : null })
  const prepared = prepareGraphs(graphs, shape, { givenMasks: input.givenMasks })
  const programs = createPrograms(shape)
  const parameters = from?.parameters.slice() ?? initialParameters(shape, createRandom(randomSeed, 'weights'))
  const adam = from ? copyAdamState(from.adam) : createAdamState(parameters.length)
  const shuffling = from ? resumeRandom(from.shuffling) : createRandom(randomSeed, 'batches')
  const dropping = from ? resumeRandom(from.dropping) : createRandom(randomSeed, 'dropout')
  const validationIndices = Int32Array.from(validation, (_, g) => train.length + g)

  /** Loss of one batch, and its gradient [P]. A large batch is computed piece by piece. */
  const lossAndGradient = (indices: Int32Array): { value: number; gradient: Float32Array } => {
    const total = loss.weightOf(indices)
    let sum: Float32Array | null = null
    let value = 0
    for (const together of shardGroups(prepared.folded, indices, {
      hidden: shape.hidden,
      shardCount: concurrency,
      costLimit,
    })) {
      const { gradient, outputs } = programs.gradient(
        parameters,
        together.map((shard) => ({
          ...prepared.shard(shard).arrays,
          ...loss.shardArrays(shard, total),
          dropoutFactors: dropoutFactors([shard.length, shape.hidden], classifierDropout, dropping),
        })),
      )
      outputs.forEach((output, s) => {
        value += loss.valueOf(output, together[s] ?? indices) / total
      })
      sum = sum === null ? gradient : addedTo(sum, gradient)
    }
    return { value, gradient: sum ?? new Float32Array(parameters.length) }
  }

  const validationOutputs = () => outputsOf({ shape, programs, prepared, signal }, parameters, validationIndices)

  const diverged = (indices: Int32Array, state: EpochState, value: number): SmgError => {
    const there = Array.from(indices, (g) => graphs[g]).filter((graph) => graph !== undefined)
    return new SmgError(
      `Cannot train further: ${divergenceCause({ ...state, loss: value, graphs: there, parameters })}`,
    )
  }

  return {
    parameters,
    targetScaling,
    async epoch(state) {
      const order = Int32Array.from(shuffled(Array.from(train.keys()), shuffling))
      let lossSum = 0
      for (let first = 0; first < order.length; first += batchSize) {
        throwIfInterrupted(signal, 'training')
        const indices = order.slice(first, first + batchSize)
        const { value, gradient } = lossAndGradient(indices)
        if (!Number.isFinite(value) || !isAllFinite(gradient)) throw diverged(indices, state, value)
        adamStep(parameters, gradient, adam, state.learningRate)
        lossSum += value * indices.length
        await setImmediate() // lets signal handlers run
      }
      return lossSum / order.length
    },
    async validate(state) {
      const measures = loss.measure(await validationOutputs(), validationIndices)
      if (!Number.isFinite(measures.loss)) throw diverged(validationIndices, state, measures.loss)
      return measures
    },
    validationOutputs,
    state: () => ({
      parameters: parameters.slice(),
      adam: copyAdamState(adam),
      shuffling: shuffling.state(),
      dropping: dropping.state(),
    }),
    dispose: () => programs.dispose(),
  }
}

function addedTo(sum: Float32Array, part: Float32Array): Float32Array {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (part[i] ?? 0)
  return sum
}

/** A sum with an infinity or NaN in it is one; a callback for each number would take as long as the optimizer's step. */
function isAllFinite(numbers: Float32Array): boolean {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i] ?? 0
  return Number.isFinite(sum)
}
