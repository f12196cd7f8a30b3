/** A baseline as a learner of a cross-validation: the same batches, losses and optimizer as the Soft-Mask GNN. */
import { setImmediate } from 'node:timers/promises'
import type { TrainingOptions } from '../../config/schema.ts'
import { SmgError, throwIfInterrupted } from '../../errors.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createRandom, resumeRandom, shuffled } from '../../graph/random.ts'
import { adamStep, copyAdamState, createAdamState } from '../adam.ts'
import { dropoutFactors } from '../dropout.ts'
import type { Learner } from '../fold-training.ts'
import { createLoss } from '../losses.ts'
import type { TargetScaling } from '../targets.ts'
import type { RunState } from '../training-run.ts'
import { fitBagScaling } from './bag-of-features.ts'
import { baselineBatch, foldForBaseline } from './baseline-batch.ts'
import { createBaselinePrograms } from './baseline-programs.ts'
import { type BaselineShape, baselineParameters, initialBaseline, initialStatistics } from './baseline-shape.ts'
import { gatherMoments } from './batch-normalization.ts'

export interface BaselineState extends RunState {
  /** Of the normalisations. */
  readonly statistics: Float32Array
}

export interface BaselineLearnerInput {
  readonly shape: BaselineShape
  /** In the classifier. */
  readonly dropout: number
  readonly options: Pick<TrainingOptions, 'batchSize' | 'randomSeed' | 'classWeights'>
  /** Of the targets of a regression; `null` of classes. */
  readonly scaling: TargetScaling | null
  /** Every graph with a class, or with targets. */
  readonly train: readonly EncodedGraph[]
  readonly held: readonly EncodedGraph[]
  readonly signal?: AbortSignal | undefined
}

/** @throws RangeError if a graph has no class or no targets, or others have another number of features */
export function createBaselineLearner(input: BaselineLearnerInput, from?: BaselineState): Learner<BaselineState> {
  const { shape, scaling, options, train, held, signal } = input
  const { batchSize, randomSeed, classWeights } = options
  const dropout = shape.kind === 'linear' ? 0 : input.dropout
  const parameters =
    from?.parameters.slice() ?? initialBaseline(baselineParameters(shape), createRandom(randomSeed, 'weights'))
  const adam = from ? copyAdamState(from.adam) : createAdamState(parameters.length)
  const statistics = from?.statistics.slice() ?? initialStatistics(shape)
  const shuffling = from ? resumeRandom(from.shuffling) : createRandom(randomSeed, 'batches')
  const dropping = from ? resumeRandom(from.dropping) : createRandom(randomSeed, 'dropout')
  const graphs = [...train, ...held]
  const loss = createLoss(shape, graphs, { targetScaling: scaling, balanced: classWeights ? train.length : null })
  const folded = foldForBaseline(graphs, shape)
  const task = scaling === null ? 'classification' : 'regression'
  const programs = createBaselinePrograms(shape, fitBagScaling(train), task)

  /** Loss and gradient [P] of a batch, whose moments go into the statistics. */
  const lossAndGradient = (indices: Int32Array) => {
    const total = loss.weightOf(indices)
    const { arrays, nodeCount } = baselineBatch(folded, indices, shape)
    const { gradient, output, moments } = programs.gradient(parameters, {
      batch: arrays,
      ...loss.shardArrays(indices, total),
      dropoutFactors: dropoutFactors([indices.length, shape.hidden], dropout, dropping),
    })
    gatherMoments(statistics, moments, nodeCount)
    return { value: loss.valueOf(output, indices) / total, gradient }
  }

  return {
    async epoch({ epoch, learningRate }) {
      const order = Int32Array.from(shuffled(Array.from(train.keys()), shuffling))
      let lossSum = 0
      for (let first = 0; first < order.length; first += batchSize) {
        throwIfInterrupted(signal, 'training')
        const indices = order.slice(first, first + batchSize)
        const { value, gradient } = lossAndGradient(indices)
        if (!Number.isFinite(value))
          throw new SmgError(`Cannot train further: the loss of epoch ${epoch} is ${value}; try a lower learning rate`)
        adamStep(parameters, gradient, adam, learningRate)
        lossSum += value * indices.length
        await setImmediate() // lets signal handlers run
      }
      return lossSum / order.length
    },
    async heldOutputs() {
      const outputs = new Float32Array(held.length * shape.outputCount)
      for (let first = 0; first < held.length; first += batchSize) {
        throwIfInterrupted(signal, 'training')
        const count = Math.min(batchSize, held.length - first)
        const indices = Int32Array.from({ length: count }, (_, i) => train.length + first + i)
        const { arrays } = baselineBatch(folded, indices, shape)
        outputs.set(programs.predict(parameters, statistics, arrays), first * shape.outputCount)
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
    dispose: programs.dispose,
  }
}
