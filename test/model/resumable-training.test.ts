/** Training that is ended and called again: on the pure-JavaScript backend, with dropout, decay and patience. */
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import { InterruptedError } from '../../src/errors.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { type Checkpointing, trainResumably } from '../../src/model/resumable-training.ts'
import { type EpochRecord, type TrainingInput, trainNetwork } from '../../src/model/train.ts'
import { shape, starOrRing } from './support/graphs.ts'

const graphs = Array.from({ length: 36 }, (_, seed) => starOrRing(seed))
const epochs = 6

function input(overrides: Partial<TrainingInput> = {}, options: object = {}): TrainingInput {
  const parsed = trainingSchema.parse({
    ...{ epochs, patience: 2, batchSize: 8, learningRate: 0.05, randomSeed: 1 },
    learningRateDecay: { every: 2, factor: 0.5 },
    ...options,
  })
  return {
    ...{ shape, dropout: 0.5, options: parsed, train: graphs.slice(0, 24), validation: graphs.slice(24) },
    ...overrides,
  }
}

let folder: string
const file = () => join(folder, 'model', 'checkpoint.bin')
beforeAll(async () => {
  await loadBackend({ backend: 'cpu' })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-resume-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Trains with a checkpoint, and notes what it says. */
async function attempt(own: TrainingInput, changes: Partial<Checkpointing> = {}) {
  const resumed: number[] = []
  const notices: string[] = []
  const result = await trainResumably(own, {
    file: file(),
    identity: () => ({ graphs: 'stars and rings', 'training.epochs': String(epochs) }),
    onResume: (epoch) => resumed.push(epoch),
    onNotice: (sentence) => notices.push(sentence),
    ...changes,
  })
  return { result, resumed, notices }
}

/** An attempt that is interrupted in the epoch after `epoch`. */
async function interruptAfter(epoch: number, own = input()): Promise<void> {
  const stopping = new AbortController()
  const onEpoch = (record: EpochRecord) => {
    if (record.epoch === epoch) stopping.abort()
  }
  await expect(attempt({ ...own, onEpoch, signal: stopping.signal })).rejects.toThrow(InterruptedError)
}

const isThere = (path: string) => stat(path).then(Boolean, () => false)

describe('an interrupted training', () => {
  it.each([1, 3, 5])('goes on after epoch %i to the same weights and history, bit for bit', async (epoch) => {
    const undisturbed = await trainNetwork(input({}, { patience: epochs }))
    await interruptAfter(epoch, input({}, { patience: epochs }))
    const told: number[] = []
    const own = input({ onEpoch: (record) => told.push(record.epoch) }, { patience: epochs })
    expect(await attempt(own)).toEqual({ result: undisturbed, resumed: [epoch], notices: [] })
    expect(told).toEqual(Array.from({ length: epochs - epoch }, (_, i) => epoch + 1 + i))
  })

  it('may be interrupted again and again', async () => {
    for (const epoch of [1, 2, 4]) await interruptAfter(epoch, input({}, { patience: epochs }))
    const { result, resumed } = await attempt(input({}, { patience: epochs }))
    expect(resumed).toEqual([4])
    expect(result).toEqual(await trainNetwork(input({}, { patience: epochs })))
  })

  it('that learns numbers goes on with them', async () => {
    const withTargets = (parts: typeof graphs) =>
      parts.map((graph) => ({ ...graph, targets: [10 * (graph.y ?? 0) + 3] }))
    const numbers = input({
      ...{ shape: { ...shape, task: 'regression', outputCount: 1 }, dropout: 0 },
      ...{ train: withTargets(graphs.slice(0, 24)), validation: withTargets(graphs.slice(24)) },
    })
    await interruptAfter(1, numbers)
    const { result, resumed } = await attempt(numbers)
    expect(resumed).toEqual([1])
    expect(result).toEqual(await trainNetwork(numbers))
  })
})

describe('a training that is killed', () => {
  it('goes on from whatever checkpoint stands there, to the same end', async () => {
    // What a kill in each epoch would leave: the file as it is before that epoch is saved.
    const hasty = { epochs: 30, learningRate: 0.5 }
    const left: string[] = []
    const copies: Promise<void>[] = []
    const onEpoch = ({ epoch }: EpochRecord) => {
      if (epoch === 1) return
      left.push(join(folder, `after-${epoch - 1}`))
      copies.push(copyFile(file(), left.at(-1) ?? ''))
    }
    const { result: undisturbed } = await attempt(input({ onEpoch }, hasty), { saveEveryMillis: 0 })
    await Promise.all(copies)
    expect(undisturbed.history.length).toBe(undisturbed.bestEpoch + 2) // patience was used up
    expect(left.length).toBe(undisturbed.history.length - 1)
    for (const [i, path] of [...left, file()].entries())
      expect(await attempt(input({}, hasty), { file: path })).toEqual({
        result: undisturbed,
        resumed: [i + 1],
        notices: [],
      })
  })

  it('loses what it trained since the last checkpoint, which it does not write all the time', async () => {
    await attempt(input(), { identity: () => expect.unreachable('nothing was to be saved or read') })
    expect(await isThere(file())).toBe(false)
  })
})

describe('a checkpoint that cannot be used', () => {
  const damages: readonly [string, (bytes: Buffer) => Buffer][] = [
    ['is empty', () => Buffer.alloc(0)],
    ['lacks its end', (bytes) => bytes.subarray(0, -4)],
    ['has another number', (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)])],
    ['is something else', () => Buffer.from('not a checkpoint\n')],
  ]
  it.each(damages)('because it %s is told of, and training starts afresh', async (_what, damage) => {
    const undisturbed = await trainNetwork(input())
    await interruptAfter(1)
    await writeFile(file(), damage(await readFile(file())))
    expect(await attempt(input())).toEqual({
      result: undisturbed,
      resumed: [],
      notices: [
        `Cannot go on with the training in ${file()}: it is damaged: its checksum does not fit; it starts afresh`,
      ],
    })
  })

  it('because it is of another training says in what that differs', async () => {
    await interruptAfter(1)
    const identity = () => ({ graphs: 'others', 'training.epochs': '7', backend: 'cpu' })
    const { resumed, notices } = await attempt(input(), { identity })
    expect(resumed).toEqual([])
    expect(notices).toEqual([
      `Cannot go on with the training in ${file()}: it is of another training, which differs in graphs, training.epochs and backend; it starts afresh`,
    ])
  })

  it('is replaced by that of the training that starts afresh', async () => {
    await interruptAfter(2)
    const identity = () => ({ graphs: 'others' })
    await attempt(input(), { identity, saveEveryMillis: 0 })
    expect((await attempt(input(), { identity })).notices).toEqual([])
  })
})

it('a checkpoint that cannot be saved is told of once, and training goes on', async () => {
  await writeFile(join(folder, 'model'), 'no folder')
  const { result, notices } = await attempt(input(), { saveEveryMillis: 0 })
  expect(result).toEqual(await trainNetwork(input()))
  expect(notices).toEqual([
    expect.stringMatching(
      /^Cannot go on with the training in .*checkpoint.bin: it cannot be read \(ENOTDIR.*\); it starts/,
    ),
    expect.stringMatching(
      /^Cannot save the checkpoint .*checkpoint.bin: E.*; training goes on, but could not be resumed$/,
    ),
  ])
})
