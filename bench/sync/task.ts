/** What is done in processes of their own: `node task.js JSON` prints what came of it as JSON. */
import { z } from 'zod'
import { limitHeapGrowth } from '../../src/cli/heap-growth.ts'
import { openDatabase } from '../../src/neo4j/database.ts'
import { type Connection, connectionFrom } from './connection.ts'

const count = z.int().min(1)

const requestSchema = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('model'), modelDirectory: z.string() }),
  z.strictObject({ task: z.literal('build'), nodes: count, isOwn: z.boolean() }),
  z.strictObject({ task: z.literal('clear'), prefix: z.string() }),
  z.strictObject({
    task: z.literal('score'),
    modelDirectory: z.string(),
    expected: z.int().min(0),
    redisUrl: z.string().optional(),
  }),
  z.strictObject({
    task: z.literal('evaluate'),
    data: z.string(),
    folds: count,
    epochs: count,
    seed: z.int(),
    redisUrl: z.string().optional(),
  }),
  z.strictObject({ task: z.literal('change'), every: count }),
  z.strictObject({ task: z.literal('estimate'), modelDirectory: z.string() }),
  z.strictObject({ task: z.literal('floor'), modelDirectory: z.string(), nodes: count, rounds: count }),
])
export type TaskRequest = z.output<typeof requestSchema>

// Each imports its own: what the others need would count in the memory of scoring.
async function perform(request: TaskRequest): Promise<unknown> {
  switch (request.task) {
    case 'model': {
      const { saveRandomModel } = await import('./random-model.ts')
      return saveRandomModel(request.modelDirectory)
    }
    case 'build': {
      const { buildDatabase } = await import('./build-database.ts')
      await using database = await openDatabase(connection())
      return await buildDatabase(database, request.nodes, request.isOwn)
    }
    case 'clear': {
      const { clearDatabase } = await import('./clear-database.ts')
      await using database = await openDatabase(connection())
      return await clearDatabase(database, request.prefix)
    }
    case 'change': {
      const { changeGraphs } = await import('./change-graphs.ts')
      await using database = await openDatabase(connection())
      return await changeGraphs(database, request.every)
    }
    case 'score': {
      const { scoreOnce } = await import('./score-once.ts')
      return scoreOnce(connection(), request.modelDirectory, request)
    }
    case 'evaluate': {
      const { evaluateOnce } = await import('./evaluate-once.ts')
      return evaluateOnce(connection(), request)
    }
    case 'estimate': {
      const { estimateOnce } = await import('./estimate-once.ts')
      return estimateOnce(connection(), request.modelDirectory)
    }
    case 'floor': {
      const { measureFloor } = await import('./floor.ts')
      return measureFloor(connection(), request)
    }
  }
}

function connection(): Connection {
  const named = connectionFrom(process.env)
  if (named === undefined) throw new Error('Cannot connect: expected NEO4J_URI, got none')
  return named
}

// As the command does.
limitHeapGrowth()
const result = await perform(requestSchema.parse(JSON.parse(process.argv[2] ?? '')))
console.log(JSON.stringify(result ?? null))
