/**
 * Trains a network: shuffled batches, Adam, validation after each epoch, the best epoch's weights kept.
 *
 * The best epoch is the one with the lowest validation loss. Validation parts can be tiny (19 graphs of MUTAG), where
 * accuracy moves in steps of 5 points and is the same for many epochs; the loss tells them apart.
 */
import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import type { TrainingOptions } from '../config/schema.ts'
import { SmgError, throwIfInterrupted } from '../errors.ts'
import { type Batch, makeBatch } from '../graph/batch.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { createRandom, type Random, shuffled } from '../graph/random.ts'
import { keyText } from '../graph/subgraph.ts'
import { type AdamState, adamStep, createAdamState } from './adam.ts'
import { batchTensors } from './batch-tensors.ts'
import { evaluateNetwork } from './evaluate.ts'
import { crossEntropy } from './losses.ts'
import { forward } from './network.ts'
import {
  initialParameters,
  type NetworkShape,
  parameterCount,
  splitParameters,
  type Weights,
  weightsFromFlat,
} from './parameters.ts'

export interface EpochRecord {
  /** From 1. */
  readonly epoch: number
  readonly learningRate: number
  /** Mean cross-entropy over the training graphs, with dropout, while the weights changed. In nats. */
  readonly trainLoss: number
  readonly validationLoss: number
  readonly validationAccuracy: number
}

export interface TrainingInput {
  readonly shape: NetworkShape
  /** Dropout probability in the classifier. */
  readonly dropout: number
  readonly options: TrainingOptions
  /** Every graph with a class. */
  readonly train: readonly EncodedGraph[]
  readonly validation: readonly EncodedGraph[]
  readonly signal?: AbortSignal | undefined
  /** Told after each epoch. */
  readonly onEpoch?: ((record: EpochRecord) => void) | undefined
}

export interface TrainingResult {
  /** Of the best epoch. */
  readonly weights: Weights
  readonly bestEpoch: number
  readonly history: readonly EpochRecord[]
}

/**
 * The same input gives the same weights, bit for bit, on the same backend and number of threads.
 *
 * @throws SmgError if the loss or the gradient is not finite, with the cause; InterruptedError once the signal is aborted;
 * RangeError if there is nothing to train or validate on.
 */
export async function trainNetwork(input: TrainingInput): Promise<TrainingResult> {
  const { shape, options, train, validation, signal, onEpoch } = input
  if (train.length === 0 || validation.length === 0)
    throw new RangeError(`Cannot train: got ${train.length} training and ${validation.length} validation graphs`)
  const unclassified = train.find(({ y }) => y === null)
  if (unclassified) throw new RangeError(`Cannot train: graph ${keyText(unclassified.key)} has no class`)
  const parameters = initialParameters(shape, createRandom(options.randomSeed, 'weights'))
  const run: TrainingRun = {
    input,
    parameters,
    adam: createAdamState(parameterCount(shape)),
    shuffling: createRandom(options.randomSeed, 'batches'),
    dropping: createRandom(options.randomSeed, 'dropout'),
  }
  const history: EpochRecord[] = []
  let best = { epoch: 0, loss: Number.POSITIVE_INFINITY, parameters: parameters.slice() }
  for (let epoch = 1; epoch <= options.epochs && epoch - best.epoch <= options.patience; epoch++) {
    const learningRate = learningRateAt(epoch, options)
    const trainLoss = await trainEpoch(run, epoch, learningRate)
    const weights = weightsFromFlat(shape, parameters)
    const { loss, accuracy } = await evaluateNetwork({ shape, weights }, validation, { signal, phase: 'training' })
    if (!Number.isFinite(loss))
      throw new SmgError(`Cannot train further: ${divergenceCause(run, validation, { epoch, learningRate, loss })}`)
    const record = { epoch, learningRate, trainLoss, validationLoss: loss, validationAccuracy: accuracy }
    history.push(record)
    if (loss < best.loss) best = { epoch, loss, parameters: parameters.slice() }
    onEpoch?.(record)
  }
  return { weights: weightsFromFlat(shape, best.parameters), bestEpoch: best.epoch, history }
}

interface TrainingRun {
  readonly input: TrainingInput
  /** Changed in place. [P] */
  readonly parameters: Float32Array
  readonly adam: AdamState
  readonly shuffling: Random
  readonly dropping: Random
}

/** One pass over the training graphs in new order; the mean loss. */
async function trainEpoch(run: TrainingRun, epoch: number, learningRate: number): Promise<number> {
  const { train, options, signal } = run.input
  const order = shuffled(train, run.shuffling)
  let lossSum = 0
  for (let first = 0; first < order.length; first += options.batchSize) {
    throwIfInterrupted(signal, 'training')
    const graphs = order.slice(first, first + options.batchSize)
    const { loss, gradient } = lossAndGradient(run, makeBatch(graphs))
    if (!Number.isFinite(loss) || !gradient.every(Number.isFinite))
      throw new SmgError(`Cannot train further: ${divergenceCause(run, graphs, { epoch, learningRate, loss })}`)
    adamStep(run.parameters, gradient, run.adam, learningRate)
    lossSum += loss * graphs.length
    await setImmediate() // lets signal handlers run
  }
  return lossSum / order.length
}

/** Forward and backward pass of one batch; the gradient is that of the flat parameter vector. [P] */
function lossAndGradient(
  { input: { shape, dropout }, parameters, dropping }: TrainingRun,
  batch: Batch,
): { loss: number; gradient: Float32Array } {
  const { value, grad } = tf.tidy(() => {
    const tensors = batchTensors(batch)
    const y = tf.tensor1d(batch.y, 'int32')
    const dropoutFactors = dropoutTensor([batch.numGraphs, shape.hidden], dropout, dropping)
    const options = { variant: shape.variant, ...(dropoutFactors && { dropoutFactors }) }
    return tf.valueAndGrad((flat: tf.Tensor) => {
      const { logits } = forward(splitParameters(shape, flat.as1D()), tensors, options)
      return crossEntropy(logits, y)
    })(tf.tensor1d(parameters))
  })
  // Read outside: what a tidy returns is searched for tensors, element by element of a typed array.
  const result = { loss: value.dataSync()[0] ?? Number.NaN, gradient: grad.dataSync<'float32'>() }
  tf.dispose([value, grad])
  return result
}

/** 0 with the probability of `dropout`, else 1 / (1 - dropout), so that the mean stays. */
function dropoutTensor(shape: [number, number], dropout: number, random: Random): tf.Tensor2D | null {
  if (dropout === 0) return null
  const kept = 1 / (1 - dropout)
  const factors = Float32Array.from({ length: shape[0] * shape[1] }, () => (random.nextFloat() < dropout ? 0 : kept))
  return tf.tensor2d(factors, shape)
}

function learningRateAt(epoch: number, { learningRate, learningRateDecay }: TrainingOptions): number {
  if (!learningRateDecay) return learningRate
  return learningRate * learningRateDecay.factor ** Math.floor((epoch - 1) / learningRateDecay.every)
}

/** Above this, features that are not standardised are the likely reason for a loss that overflows. */
const largeFeature = 1e4

function divergenceCause(
  { parameters }: TrainingRun,
  graphs: readonly EncodedGraph[],
  { epoch, learningRate, loss }: { epoch: number; learningRate: number; loss: number },
): string {
  const what = Number.isFinite(loss) ? 'the gradient is not finite' : `the loss became ${loss}`
  const keys = graphs.slice(0, 5).map(({ key }) => keyText(key))
  const where = `${what} in epoch ${epoch}, at the graphs ${keys.join(', ')}${graphs.length > keys.length ? ', ...' : ''}`
  const largest = graphs.reduce((max, { x }) => x.reduce((most, value) => Math.max(most, Math.abs(value)), max), 0)
  if (!Number.isFinite(largest)) return `${where}, because a feature is not finite`
  if (largest > largeFeature)
    return `${where}, because a feature is as large as ${largest.toPrecision(3)}; standardize the feature properties`
  const weight = parameters.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  return `${where}, because weights have grown to ${weight.toPrecision(3)} at learningRate ${learningRate}; lower learningRate`
}
