/** The hand-written gradients of the baselines against finite differences. */
import { beforeAll, describe, it } from 'vitest'
import { createRandom } from '../../../src/graph/random.ts'
import { loadBackend } from '../../../src/model/backend.ts'
import { baselineBatch, foldForBaseline, mapBaselineBatch } from '../../../src/model/baselines/baseline-batch.ts'
import { baselineForward } from '../../../src/model/baselines/baseline-network.ts'
import { baselineKinds, baselineParameters } from '../../../src/model/baselines/baseline-shape.ts'
import { weightOf } from '../../../src/model/baselines/baseline-weights.ts'
import { byBatch, epsilonArray } from '../../../src/model/baselines/batch-normalization.ts'
import type { NumberArray } from '../../../src/model/step.ts'
import { at, randomArray, shapedAs, vector } from '../support/compute.ts'
import { gradientCheck } from '../support/finite-differences.ts'
import { coarseGraph } from '../support/graphs.ts'

describe.each([
  ['native', [true, false]],
  ['wasm', [true]],
] as const)('baselineForward() on the backend %s', (backend, some) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it.each(baselineKinds.flatMap((kind) => some.map((isJk) => [kind, isJk] as const)))(
    'has the gradients of differences, of the kind %s, all layers read: %s',
    (kind, isJk) => {
      const shape = { kind, layers: 2, hidden: 4, isJk, featureCount: 3, outputCount: 3 }
      const layout = baselineParameters(shape)

      const pointOf = (seed: number) => {
        const random = createRandom(seed, 'network')
        const graphs = [4, 1, 6].map((size, i) => coarseGraph(10 * seed + i, size))
        const { arrays } = baselineBatch(foldForBaseline(graphs, shape), Int32Array.of(0, 1, 2), shape)
        const factors = { values: Float32Array.from({ length: 12 }, () => random.nextBelow(3)), shape: [3, 4] }
        const constants: NumberArray[] = [vector(1, 2, 1), vector(0.5, 1, 2), factors, epsilonArray]
        const places = mapBaselineBatch(arrays, (array) => constants.push(array) - 1)
        return {
          variables: layout.map(({ shape: sides }) => randomArray(sides, random)),
          constants,
          cotangents: [randomArray([3, shape.outputCount], random)],
          places,
        }
      }

      const { places, ...example } = pointOf(1)
      const { check, finish } = gradientCheck((variables, constants) => {
        const shaped = shapedAs(example.variables, variables)
        const batch = mapBaselineBatch(places, (i) => at(constants, i))
        const { output, backward } = baselineForward(shape, {
          weights: Object.fromEntries(layout.map(({ name }, i) => [name, at(shaped, i)])),
          batch,
          normalize: byBatch(batch.share, at(constants, 3)),
          bag: { mean: at(constants, 0), factor: at(constants, 1) },
          dropoutFactors: at(constants, 2),
        })
        return {
          outputs: [output],
          backward: (cotangents) => {
            const gradients = backward(at(cotangents, 0))
            return layout.map(({ name }) => weightOf(gradients, name))
          },
        }
      }, example)
      check(example)
      finish()
    },
  )
})
