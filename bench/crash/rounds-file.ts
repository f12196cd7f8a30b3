/** The rounds that are done, one line of JSON each, so that the next call goes on where the last one was stopped. */
import { appendFile, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { phases } from './phase.ts'

const millis = z.number()

const setupSchema = z.object({
  kind: z.literal('setup'),
  seed: z.number(),
  graphs: z.number(),
  /** How long each phase takes undisturbed, in milliseconds. */
  millis: z.object({ start: millis, read: millis, train: millis, score: millis, write: millis }),
})

const roundSchema = z.object({
  kind: z.enum(['client', 'server']),
  round: z.number(),
  target: z.enum(phases),
  /** What the sync was doing when it or the server was killed. */
  phase: z.enum(phases),
  retrain: z.boolean(),
  /** Syncs that ended before they could be killed. */
  missed: z.number(),
  /** What the client ended with; null where it was killed. */
  code: z.number().nullable(),
  graphs: z.number(),
  old: z.number(),
  written: z.number(),
  seconds: z.number(),
  problems: z.array(z.string()),
})

const completedSchema = z.object({
  kind: z.literal('completed'),
  round: z.number(),
  scored: z.number(),
  problems: z.array(z.string()),
})

const endSchema = z.object({
  kind: z.literal('end'),
  graphs: z.number(),
  members: z.number(),
  /** Nodes and relationships that were compared with the undisturbed database. */
  compared: z.number(),
  largestDifference: z.number(),
  problems: z.array(z.string()),
})

const lineSchema = z.discriminatedUnion('kind', [setupSchema, roundSchema, completedSchema, endSchema])

export type Setup = z.output<typeof setupSchema>
export type Round = z.output<typeof roundSchema>
export type Completed = z.output<typeof completedSchema>
export type End = z.output<typeof endSchema>
export type Line = z.output<typeof lineSchema>

/** None where there is no such file; a last line that was cut off is left out. */
export async function readRounds(file: string): Promise<Line[]> {
  const text = await readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return ''
    throw thrown
  })
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)))
}

export async function appendRound(file: string, line: Line): Promise<void> {
  await appendFile(file, `${JSON.stringify(line)}\n`)
}
