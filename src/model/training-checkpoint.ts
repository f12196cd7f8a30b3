/** A training as it stood after an epoch, in one checked file: JSON in one line, then the numbers as float32. */
import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { isErrorWithCode, messageOf } from '../errors.ts'
import { checkedContent, draftOf, writeChecked } from './checked-file.ts'
import { fromLittleEndianBytes, littleEndianBytes } from './little-endian.ts'
import { epochRecordSchema } from './manifest.ts'
import { type NetworkShape, parameterCount } from './parameters.ts'
import type { TrainingState } from './train.ts'

/**
 * Everything that decides the weights, by the names that people know it by. Values are compared, and otherwise of no
 * meaning.
 */
export type TrainingIdentity = Readonly<Record<string, string>>

/** Another one than before wherever the same input would train to other weights. */
const format = 'smg-training/1'

const word = z.int().min(0).max(0xffffffff)
const randomState = z.tuple([word, word, word, word]).readonly()
const headerSchema = z.strictObject({
  format: z.literal(format),
  identity: z.record(z.string(), z.string()),
  adamStep: z.int().min(0),
  shuffling: randomState,
  dropping: randomState,
  bestEpoch: z.int().min(1),
  history: z.array(epochRecordSchema).min(1),
})

/** Writes `state` to `file`, in place of what is there. Rejects with the error of the file system. */
export async function saveTrainingCheckpoint(
  file: string,
  identity: TrainingIdentity,
  { parameters, adam, shuffling, dropping, history, best }: TrainingState,
): Promise<void> {
  const header: z.input<typeof headerSchema> = {
    format,
    identity,
    adamStep: adam.step,
    shuffling,
    dropping,
    bestEpoch: best.epoch,
    history: [...history],
  }
  const numbers = [parameters, adam.mean, adam.square, best.parameters].map(littleEndianBytes)
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...numbers])
  await writeChecked(file, content)
}

/** A state to go on from; or why not, as the rest of a sentence about the file; or that there is none. */
export type FoundCheckpoint = { readonly state: TrainingState } | { readonly unusable: string } | null

/** Reads what {@link saveTrainingCheckpoint} wrote for a training of this identity, of a network of this shape. */
export async function readTrainingCheckpoint(
  file: string,
  identity: () => TrainingIdentity,
  shape: NetworkShape,
): Promise<FoundCheckpoint> {
  try {
    return parse(await readFile(file), identity, parameterCount(shape))
  } catch (thrown) {
    if (isErrorWithCode(thrown, 'ENOENT')) return null
    return { unusable: `it cannot be read (${messageOf(thrown)})` }
  }
}

export async function removeTrainingCheckpoint(file: string): Promise<void> {
  await rm(file, { force: true })
  await rm(draftOf(file), { force: true })
}

const newLine = 0x0a

function parse(bytes: Buffer, identity: () => TrainingIdentity, length: number): FoundCheckpoint {
  const content = checkedContent(bytes)
  if (content === null) return { unusable: 'it is damaged: its checksum does not fit' }
  const numbersAt = content.indexOf(newLine) + 1
  const read = headerSchema.safeParse(JSON.parse(content.toString('utf8', 0, numbersAt)))
  if (!read.success) return { unusable: 'it was written by another version of this program' }
  const { identity: found, history, bestEpoch, adamStep, shuffling, dropping } = read.data
  const differing = differences(found, identity())
  if (differing.length > 0) return { unusable: `it is of another training, which differs in ${listed(differing)}` }
  const numbers = fromLittleEndianBytes(content.subarray(numbersAt))
  if (numbers.length !== 4 * length) return { unusable: `expected ${4 * length} numbers, got ${numbers.length}` }
  const [parameters, mean, square, bestParameters] = [0, 1, 2, 3].map((i) =>
    numbers.slice(i * length, (i + 1) * length),
  )
  if (!parameters || !mean || !square || !bestParameters) return { unusable: 'numbers are missing' }
  const state: TrainingState = {
    parameters,
    adam: { step: adamStep, mean, square },
    shuffling,
    dropping,
    history,
    best: { epoch: bestEpoch, parameters: bestParameters },
  }
  return { state }
}

function differences(a: TrainingIdentity, b: TrainingIdentity): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name])
}

function listed(names: readonly string[]): string {
  return names.length <= 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
