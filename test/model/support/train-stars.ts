/** Trains a small network on stars and rings, natively, and prints the checksum of its weights. */
import { createHash } from 'node:crypto'
import { trainingSchema } from '../../../src/config/schema.ts'
import { loadBackend } from '../../../src/model/backend.ts'
import { joinWeights } from '../../../src/model/parameters.ts'
import { trainNetwork } from '../../../src/model/train.ts'
import { shape, starOrRing } from './graphs.ts'

await loadBackend()
const graphs = Array.from({ length: 40 }, (_, seed) => starOrRing(seed))
const options = trainingSchema.parse({ epochs: 3, batchSize: 10 })
const input = { shape, dropout: 0.5, options, train: graphs.slice(0, 30), validation: graphs.slice(30) }
const { weights } = await trainNetwork(input)
console.log(createHash('sha256').update(joinWeights(shape, weights)).digest('hex'))
