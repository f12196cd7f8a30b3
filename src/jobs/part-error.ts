/** An error of a part, from the process that did it to the one that waits for it. */
import { z } from 'zod'
import {
  ConfigError,
  DatabaseError,
  ModelFileError,
  messageOf,
  NotFiniteError,
  RefusedError,
  SmgError,
  SourceDataError,
} from '../errors.ts'
import { mostDeaths } from './part-queues.ts'

const classes = [ConfigError, SourceDataError, DatabaseError, RefusedError, ModelFileError, NotFiniteError]
const textSchema = z.object({ name: z.string(), message: z.string() })

export function partErrorText(thrown: unknown): string {
  return JSON.stringify({ name: thrown instanceof Error ? thrown.name : 'Error', message: messageOf(thrown) })
}

/** Of the class it was thrown in, so that the exit code is the same. What is no such text is the message itself. */
export function partError(text: string): SmgError {
  const { name, message } = read(text) ?? { name: '', message: inWords(text) }
  const Class = classes.find((one) => one.name === name) ?? SmgError
  return new Class(message)
}

/** Of what BullMQ itself says. */
function inWords(text: string): string {
  if (!text.includes('stalled more than allowable limit')) return text
  return `Cannot end a part of the run: its workers died or fell silent more than ${mostDeaths} times; see what ends them, such as too little memory`
}

function read(text: string) {
  try {
    return textSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Whether another attempt would end the same way. */
export function isFinal(thrown: unknown): boolean {
  return [ConfigError, SourceDataError, ModelFileError, NotFiniteError].some((one) => thrown instanceof one)
}
