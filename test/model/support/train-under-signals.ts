/**
 * Trains a network of the kind that is named and prints a checksum of its weights. It says `ready` first, and handles SIGWINCH: it
 * is there to be sent many.
 */
import { createHash } from 'node:crypto'
import { loadBackend } from '../../../src/model/backend.ts'
import { createBaselineLearner } from '../../../src/model/baselines/baseline-learner.ts'
import { createSmgLearner } from '../../../src/model/smg-learner.ts'
import { shape as anyShape, randomGraph } from './graphs.ts'

const [kind] = process.argv.slice(2)
process.on('SIGWINCH', () => undefined)
await loadBackend()
const train = Array.from({ length: 64 }, (_, seed) => randomGraph(seed, 20 + (seed % 9), seed % 2))
const options = { batchSize: 32, randomSeed: 1, classWeights: false, concurrency: 1 }
const input = { dropout: 0, options, train, held: [] }
const shape = { hidden: 64, layers: 2, featureCount: 3, outputCount: 2 }
const learner =
  kind === 'gin' || kind === 'gat'
    ? createBaselineLearner({ ...input, shape: { ...shape, kind, isJk: true }, scaling: null })
    : createSmgLearner({ ...input, shape: { ...anyShape, ...shape } })
console.log('ready')
for (let epoch = 1; epoch <= 30; epoch++) await learner.epoch({ epoch, learningRate: 1e-4 })
console.log(createHash('sha256').update(learner.state().parameters).digest('hex'))
