/**
 * The neighbour sum, the model's inner loop: our kernel over sorted edges against gather + unsorted segment sum, forward
 * and with gradient, in alternation. Prints one JSON document of medians in milliseconds and their ratio.
 *
 *     npm run bench:neighbour-sum -- [edges] [channels] [rounds]
 */
import { cpus } from 'node:os'
import * as tf from '@tensorflow/tfjs-core'
import { makeBatch } from '../src/graph/batch.ts'
import { createRandom } from '../src/graph/random.ts'
import { loadBackend } from '../src/model/backend.ts'
import { batchTensors } from '../src/model/batch-tensors.ts'
import { sumOverPairs } from '../src/model/kernels.ts'

const [edgeCount = 100_000, channels = 64, rounds = 21] = process.argv.slice(2).map(Number)
/** As in sparse molecules and payment cases. */
const edgesPerNode = 2

const { name: backend } = await loadBackend()
const nodeCount = Math.ceil(edgeCount / edgesPerNode)
const random = createRandom(1, 'bench')
const pairs = Array.from({ length: edgeCount }, () => [random.nextFloat(), random.nextFloat()])
  .map(([a = 0, b = 0]) => [Math.floor(a * nodeCount), Math.floor(b * nodeCount)] as const)
  .sort(([a, b], [c, d]) => b - d || a - c)
const batch = makeBatch([
  {
    key: 'random',
    nodeKeys: Array.from({ length: nodeCount }, (_, v) => BigInt(v)),
    x: Float32Array.from({ length: nodeCount * channels }, () => random.nextFloat()),
    featureCount: channels,
    source: Int32Array.from(pairs, ([u]) => u),
    target: Int32Array.from(pairs, ([, v]) => v),
    y: null,
  },
])
const { x, edges } = batchTensors(batch)

type NeighbourSum = (h: tf.Tensor2D) => tf.Tensor
const sides: Readonly<Record<'ours' | 'unsorted', NeighbourSum>> = {
  ours: (h) => sumOverPairs(h, edges),
  unsorted: (h) => tf.unsortedSegmentSum(tf.gather(h, edges.source), edges.target, nodeCount),
}

const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(sides.ours(x), sides.unsorted(x)))).dataSync()[0])

const works: Readonly<Record<string, (sum: NeighbourSum) => tf.Tensor>> = {
  forward: (sum) => sum(x),
  forwardAndGradient: (sum) => tf.grad((h) => sum(h.as2D(nodeCount, channels)))(x),
}

const results = Object.fromEntries(
  Object.entries(works).map(([title, work]) => {
    const times: Record<keyof typeof sides, number[]> = { ours: [], unsorted: [] }
    for (let round = -2; round < rounds; round++) {
      for (const side of ['ours', 'unsorted'] as const) {
        const start = performance.now()
        tf.tidy(() => work(sides[side])).dispose()
        if (round >= 0) times[side].push(performance.now() - start)
      }
    }
    const ours = median(times.ours)
    const unsorted = median(times.unsorted)
    return [title, { oursMillis: rounded(ours), unsortedMillis: rounded(unsorted), ratio: rounded(ours / unsorted) }]
  }),
)

console.log(
  JSON.stringify(
    { backend, cores: cpus().length, edgeCount, nodeCount, channels, rounds, difference, ...results },
    null,
    2,
  ),
)

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
