/** What is known of a server that was started: written when it starts, gone when it has stopped. */
import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { readIfThere, writeWhole } from './files.ts'
import type { Instance } from './instance.ts'
import { isRunning } from './processes.ts'

const stateSchema = z
  .strictObject({
    pid: z.int().positive(),
    identity: z.string(),
    port: z.int(),
    neo4jVersion: z.string(),
    javaHome: z.string(),
    startedAt: z.iso.datetime(),
  })
  .readonly()

export type ServerState = z.output<typeof stateSchema>

export async function writeState({ stateFile }: Instance, state: ServerState): Promise<void> {
  await writeWhole(stateFile, `${JSON.stringify(state, null, 2)}\n`)
}

export async function removeState({ stateFile }: Instance): Promise<void> {
  await rm(stateFile, { force: true })
}

/** The state of the server if its process is alive; `undefined` when there is none, or the file is left from an ended one. */
export async function readLiveState({ stateFile }: Instance): Promise<ServerState | undefined> {
  const text = await readIfThere(stateFile)
  if (text === undefined) return undefined
  const parsed = stateSchema.safeParse(parseJson(text))
  return parsed.success && (await isRunning(parsed.data)) ? parsed.data : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
