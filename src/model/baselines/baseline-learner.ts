/** A baseline as a learner of a cross-validation: the same batches, losses and optimizer as the Soft-Mask GNN. */
import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import type { TrainingOptions } from '../../config/schema.ts'
import { SmgError, throwIfInterrupted } from '../../errors.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createRandom, resumeRandom, shuffled } from '../../graph/random.ts'
import { adamStep, copyAdamState, createAdamState } from '../adam.ts'
import { dropoutFactors } from '../dropout.ts'
import type { Learner } from '../fold-training.ts'
import { sizeOf } from '../parameters.ts'
import { standardized, type TargetScaling } from '../targets.ts'
import type { RunState } from '../training-run.ts'
import { fitBagScaling } from './bag-of-features.ts'
import { type BaselineWeights, baselineOutputs } from './baseline-network.ts'
import { type BaselineShape, baselineParameters, initialBaseline, initialStatistics } from './baseline-shape.ts'
import { createNormalization } from './normalization.ts'
import { unionOf } from './union.ts'

export interface BaselineState extends RunState {
  /** Of the normalisations. */
  readonly statistics: Float32Array
}

export interface BaselineLearnerInput {
  readonly shape: BaselineShape
  /** In the classifier. */
  readonly dropout: number
  readonly options: Pick<TrainingOptions, 'batchSize' | 'randomSeed'>
  /** Of the targets of a regression; `null` of classes. */
  readonly scaling: TargetScaling | null
  /** Every graph with a class, or with targets. */
  readonly train: readonly EncodedGraph[]
  readonly held: readonly EncodedGraph[]
  readonly signal?: AbortSignal | undefined
}

export function createBaselineLearner(input: BaselineLearnerInput, from?: BaselineState): Learner<BaselineState> {
  const { shape, scaling, options, train, held, signal } = input
  const { batchSize, randomSeed } = options
  const dropout = shape.kind === 'linear' ? 0 : input.dropout
  const layout = baselineParameters(shape)
  const parameters = from?.parameters.slice() ?? initialBaseline(layout, createRandom(randomSeed, 'weights'))
  const adam = from ? copyAdamState(from.adam) : createAdamState(parameters.length)
  const statistics = from?.statistics.slice() ?? initialStatistics(shape)
  const shuffling = from ? resumeRandom(from.shuffling) : createRandom(randomSeed, 'batches')
  const dropping = from ? resumeRandom(from.dropping) : createRandom(randomSeed, 'dropout')
  const normalization = createNormalization(statistics, shape.hidden)
  const bagScaling = fitBagScaling(train)

  const weightsOf = (tensors: readonly tf.Tensor[]): BaselineWeights =>
    Object.fromEntries(layout.flatMap(({ name }, i) => (tensors[i] === undefined ? [] : [[name, tensors[i]]])))
  const tensorsOf = () => {
    let at = 0
    return layout.map((parameter) => {
      const first = at
      at += sizeOf(parameter)
      return tf.tensor(parameters.slice(first, at), [...parameter.shape])
    })
  }

  const lossAndGradient = (graphs: readonly EncodedGraph[]) =>
    tf.tidy(() => {
      const union = unionOf(graphs)
      const factors = dropoutFactors([graphs.length, shape.hidden], dropout, dropping)
      const dropped = factors && tf.tensor2d(factors.values, [graphs.length, shape.hidden])
      const truth = truthTensor(graphs, { outputCount: shape.outputCount, scaling })
      const lossOf = (...tensors: tf.Tensor[]): tf.Scalar => {
        const pass = {
          weights: weightsOf(tensors),
          union,
          normalize: normalization.ofBatch,
          bagScaling,
          dropoutFactors: dropped,
        }
        const outputs = baselineOutputs(shape, pass)
        if (scaling !== null) return tf.mean(tf.squaredDifference(outputs, truth))
        return tf.neg(tf.div(tf.sum(tf.mul(truth, tf.logSoftmax(outputs))), graphs.length))
      }
      const { value, grads } = tf.valueAndGrads(lossOf)(tensorsOf())
      const gradient = new Float32Array(parameters.length)
      let at = 0
      for (const grad of grads) {
        gradient.set(grad.dataSync(), at)
        at += grad.size
      }
      return { value: value.dataSync()[0] ?? Number.NaN, gradient }
    })

  const outputsOf = (graphs: readonly EncodedGraph[]): Float32Array =>
    tf.tidy(() => {
      const pass = {
        weights: weightsOf(tensorsOf()),
        union: unionOf(graphs),
        normalize: normalization.ofTraining,
        bagScaling,
        dropoutFactors: null,
      }
      return Float32Array.from(baselineOutputs(shape, pass).dataSync())
    })

  return {
    async epoch({ epoch, learningRate }) {
      let lossSum = 0
      const order = shuffled(train, shuffling)
      for (let first = 0; first < order.length; first += batchSize) {
        throwIfInterrupted(signal, 'training')
        const graphs = order.slice(first, first + batchSize)
        const { value, gradient } = lossAndGradient(graphs)
        if (!Number.isFinite(value))
          throw new SmgError(`Cannot train further: the loss of epoch ${epoch} is ${value}; try a lower learning rate`)
        adamStep(parameters, gradient, adam, learningRate)
        lossSum += value * graphs.length
        await setImmediate() // lets signal handlers run
      }
      return lossSum / order.length
    },
    async heldOutputs() {
      const outputs = new Float32Array(held.length * shape.outputCount)
      for (let first = 0; first < held.length; first += batchSize) {
        throwIfInterrupted(signal, 'training')
        outputs.set(outputsOf(held.slice(first, first + batchSize)), first * shape.outputCount)
        await setImmediate()
      }
      return outputs
    },
    state: () => ({
      parameters: parameters.slice(),
      adam: copyAdamState(adam),
      shuffling: shuffling.state(),
      dropping: dropping.state(),
      statistics: statistics.slice(),
    }),
    dispose: () => undefined,
  }
}

/** One-hot classes, or standardised targets. [G, C] */
function truthTensor(
  graphs: readonly EncodedGraph[],
  { outputCount, scaling }: { readonly outputCount: number; readonly scaling: TargetScaling | null },
): tf.Tensor2D {
  if (scaling !== null) return tf.tensor2d(graphs.map(({ targets }) => standardized(targets ?? [], scaling)))
  const classes = graphs.map(({ y }) => y ?? -1)
  return tf.oneHot(tf.tensor1d(classes, 'int32'), outputCount).toFloat().as2D(graphs.length, outputCount)
}
