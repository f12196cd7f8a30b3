import { describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import { InterruptedError } from '../../src/errors.ts'
import { createModel } from '../../src/pipeline/graph-model.ts'
import { readTrainingGraphs } from '../../src/pipeline/graph-training-data.ts'
import { rings } from './support/rings.ts'
import { small } from './support/small.ts'

/** Reads 600 rings while the signal is aborted in the given turn of the event loop; counts those that were encoded. */
async function readUntil(turn: number) {
  const stopping = new AbortController()
  const wait = (turns: number) => {
    setImmediate(() => (turns > 1 ? wait(turns - 1) : stopping.abort()))
  }
  wait(turn)
  const counts = { listed: 0, encoded: 0 }
  function* listed() {
    for (const graph of rings(600)) {
      counts.listed++
      yield graph
    }
  }
  const reading = readTrainingGraphs(createModel(small), listed(), {
    training: trainingSchema.parse({}),
    maskOptions: {
      without: () => {
        counts.encoded++
        return undefined
      },
    },
    signal: stopping.signal,
  })
  const thrown: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return { thrown, ...counts }
}

describe('readTrainingGraphs()', () => {
  // A turn per 256 graphs: 3 for all of them, 2 each for fitting and encoding the 420 of the training part, 2 for the others.
  it.each([
    ['lists them', 2, { listed: 257, encoded: 0 }],
    ['fits the features', 5, { listed: 600, encoded: 0 }],
    ['encodes them', 7, { listed: 600, encoded: 256 }],
    ['encodes the held-out ones', 9, { listed: 600, encoded: 480 }],
  ])('ends when it is interrupted while it %s', async (_what, turn, counts) => {
    const { thrown, ...got } = await readUntil(turn)
    expect(thrown).toBeInstanceOf(InterruptedError)
    expect(got).toEqual(counts)
  })

  it('reads all of them when it is interrupted later', async () => {
    expect(await readUntil(10)).toEqual({ thrown: undefined, listed: 600, encoded: 600 })
  })
})
