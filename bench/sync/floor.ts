/**
 * How much of the time for reading alone, and for writing alone, the bare driver would need too: the statements that our code
 * sends are sent again, with the same parameters and as many at a time, and what comes back is thrown away.
 */
import neo4j from 'neo4j-driver'
import { embeddingSize } from '../../src/model/network-shape.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { preflight } from '../../src/pipeline/preflight.ts'
import { pagesWritten } from '../../src/pipeline/score-changed.ts'
import { type Source, sourcePages } from '../../src/pipeline/source.ts'
import { createWorkInFlight } from '../../src/pipeline/work-in-flight.ts'
import { createScoreWriter } from '../../src/write-back/write-scores.ts'
import { median } from '../compute/statistics.ts'
import { clearDatabase } from './clear-database.ts'
import type { Connection } from './connection.ts'
import { scoringConfig } from './dataset.ts'
import { madeUpScorePages } from './made-up-scores.ts'
import { RecordingDatabase, type SentStatement, sendAgain } from './recorded-statements.ts'

export interface FloorOptions {
  readonly nodes: number
  readonly rounds: number
  readonly modelDirectory: string
}

/** Medians, in seconds. A first, untimed pass of each records what is sent. */
export async function measureFloor(connection: Connection, { nodes, rounds, modelDirectory }: FloorOptions) {
  const config = scoringConfig(modelDirectory)
  const { uri, username, password, database: name } = connection
  const driver = neo4j.driver(uri, neo4j.auth.basic(username, password), { useBigInt: true })
  const database = await openDatabase(connection)
  try {
    const record = async (work: (recording: Database) => Promise<unknown>): Promise<readonly SentStatement[]> => {
      const recording = new RecordingDatabase(driver, uri, name, database.serverVersion)
      await work(recording)
      if (recording.sent.length === 0) throw new Error('Cannot measure the floor: expected statements, got none')
      return recording.sent
    }
    const again = (statements: readonly SentStatement[]) => secondsOf(() => sendAgain(driver, name, statements))
    const seconds = { ours_read: numbers(), floor_read: numbers(), ours_write: numbers(), floor_write: numbers() }
    const summary = await preflight(database, config)
    const reads = await record((recording) => readAll({ database: recording, config, summary }))
    await inTurns(rounds, [
      async () => seconds.floor_read.push(await again(reads)),
      async () => seconds.ours_read.push(await readAll({ database, config, summary })),
    ])
    const clear = () => clearDatabase(database, config.writing.prefix)
    await clear()
    const writes = await record((recording) => writeAll({ database: recording, config, summary }, nodes))
    await inTurns(rounds, [
      async () => {
        await clear()
        seconds.floor_write.push(await again(writes))
      },
      async () => {
        await clear()
        seconds.ours_write.push(await writeAll({ database, config, summary }, nodes))
      },
    ])
    await clear()
    const { ours_read, floor_read, ours_write, floor_write } = seconds
    return {
      ours_read_s: median(ours_read),
      floor_read_s: median(floor_read),
      ours_write_s: median(ours_write),
      floor_write_s: median(floor_write),
      statements: { read: reads.length, write: writes.length },
    }
  } finally {
    await database.close()
    await driver.close()
  }
}

const numbers = (): number[] => []

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** A B, B A, A B, …: whatever gets faster or slower all the time favours neither. */
async function inTurns(rounds: number, sides: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (let round = 1; round <= rounds; round++)
    for (const side of round % 2 === 1 ? sides : sides.toReversed()) await side()
}

/** Reads every page as a sync does; the graphs are thrown away. */
async function readAll(source: Source): Promise<number> {
  const { graphCount } = source.summary
  let graphs = 0
  const seconds = await secondsOf(async () => {
    for await (const page of sourcePages(source)) graphs += page.graphs.length
  })
  if (graphs !== graphCount) throw new Error(`Cannot measure reading: expected ${graphCount} graphs, got ${graphs}`)
  return seconds
}

/** Writes made-up scores of every graph, as many pages at a time as a sync does; making them up is not timed. */
async function writeAll({ database, config, summary }: Source, nodes: number): Promise<number> {
  const { projection, writing, model } = config
  const options = {
    ...{ projection, writing, propertyKeys: summary.propertyKeys },
    model: `${model.modelName}:1`,
    runId: 'bench',
    scoredAt: new Date().toISOString(),
    layers: model.layers,
  }
  const size = { layers: model.layers, embedding: embeddingSize(model) }
  const pages = Array.from(madeUpScorePages(nodes, size, writing.pageSize))
  const writer = createScoreWriter(database, options)
  const writes = createWorkInFlight(pagesWritten)
  let written = 0
  const seconds = await secondsOf(async () => {
    for (const page of pages)
      await writes.start(async () => {
        const { nodeCount } = await writer.write(page)
        written += nodeCount
      })
    await writes.end()
  })
  if (written !== nodes) throw new Error(`Cannot measure writing: expected ${nodes} written members, got ${written}`)
  return seconds
}
