import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../../src/model/backend.ts'
import { type BaselineState, createBaselineLearner } from '../../../src/model/baselines/baseline-learner.ts'
import { type BaselineKind, baselineKinds } from '../../../src/model/baselines/baseline-shape.ts'
import { trainFold } from '../../../src/model/fold-training.ts'
import { fitTargetScaling, standardized } from '../../../src/model/targets.ts'
import { starOrRing } from '../support/graphs.ts'

beforeAll(async () => {
  await loadBackend()
})

const graphs = Array.from({ length: 60 }, (_, seed) => starOrRing(seed))
const [train, held] = [graphs.slice(0, 44), graphs.slice(44)]
const options = { batchSize: 16, randomSeed: 1, classWeights: false }

function training(kind: BaselineKind, epochs: number) {
  const shape = { kind, layers: 2, hidden: 8, isJk: true, featureCount: graphs[0]?.featureCount ?? 0, outputCount: 2 }
  return {
    options: { epochs, learningRate: 0.01 },
    learner: (from: BaselineState | undefined) =>
      createBaselineLearner({ shape, scaling: null, dropout: 0.2, options, train, held }, from),
  }
}

const accuracy = (outputs: Float32Array) =>
  held.filter(({ y }, g) => (outputs[2 * g + 1] ?? 0) > (outputs[2 * g] ?? 0) === (y === 1)).length / held.length

describe.each(baselineKinds)('a learner of the kind %s', (kind) => {
  it('gets better at what it is shown', async () => {
    const { epochs } = await trainFold(training(kind, 25))
    expect(epochs.at(-1)?.trainLoss).toBeLessThan(epochs[0]?.trainLoss ?? 0)
    // The others see but features and their means, which are all equal here.
    if (kind === 'gin') expect(accuracy(epochs.at(-1)?.outputs ?? new Float32Array())).toBeGreaterThan(0.9)
  })

  it('says the same, bit for bit, when it goes on from a state in between', async () => {
    const undisturbed = await trainFold(training(kind, 4))
    let state: typeof undisturbed | undefined
    await trainFold({
      ...training(kind, 2),
      onEpoch: async (_epoch, now) => {
        state = structuredClone(now())
      },
    })
    expect(await trainFold({ ...training(kind, 4), from: state })).toEqual(undisturbed)
  })

  it('learns numbers', async () => {
    const numbered = graphs.map((graph) => ({ ...graph, targets: [100 + 10 * graph.nodeCount] }))
    const scaling = fitTargetScaling(numbered)
    const shape = { kind, layers: 2, hidden: 8, isJk: true, featureCount: graphs[0]?.featureCount ?? 0, outputCount: 1 }
    const { epochs } = await trainFold({
      options: { epochs: 30, learningRate: 0.02 },
      learner: (from: BaselineState | undefined) =>
        createBaselineLearner({ shape, scaling, dropout: 0, options, train: numbered, held: numbered }, from),
    })
    const error = (outputs: Float32Array) =>
      numbered.reduce(
        (sum, { targets }, g) => sum + ((outputs[g] ?? 0) - (standardized(targets, scaling)[0] ?? 0)) ** 2,
        0,
      ) / numbered.length
    // The mean of all would have an error of 1.
    expect(error(epochs.at(-1)?.outputs ?? new Float32Array())).toBeLessThan(0.75)
  })

  it('weighs classes as the model does, where that is wanted', async () => {
    const few = train.filter(({ y }, g) => y === 0 || g % 5 === 0)
    const shape = {
      kind,
      layers: 1,
      hidden: 8,
      isJk: false,
      featureCount: graphs[0]?.featureCount ?? 0,
      outputCount: 2,
    }
    const gradientFrom = async (classWeights: boolean) => {
      const input = { shape, scaling: null, dropout: 0, train: few, held: [] }
      const learner = createBaselineLearner({ ...input, options: { ...options, classWeights } })
      await learner.epoch({ epoch: 1, learningRate: 0.01 })
      return learner.state().adam
    }
    expect(await gradientFrom(true)).not.toEqual(await gradientFrom(false))
  })
})
