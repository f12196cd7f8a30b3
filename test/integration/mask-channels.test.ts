/** The variants with a mask per channel, through sync: the means are always written, the channels where they are asked for. */
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { sync } from '../../src/pipeline/sync.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { createSmallGraphs, smallConfig, smallCounts, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const { graphs, nodes } = smallCounts
const [layers, hidden] = [2, 4]

function config(variant: string, maskChannels: boolean, readout = 'sum') {
  const model = { modelName: 'shapes', variant, readout, layers, hidden }
  return smallConfig(join(place.folder, 'models'), { model, writing: { maskChannels } })
}

beforeEach(() => createSmallGraphs(place.database))

async function rows(statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await place.database.query(statement, {})).rows
}
const membersWithChannels = async () =>
  Number((await rows('MATCH (a:Atom) WHERE a.smgMaskChannels IS NOT NULL RETURN count(a)'))[0]?.[0])

describe('a sync with a mask per channel', () => {
  it.each([
    ['m-smg', 'sum'],
    ['m-smg-jk', 'mean'],
  ])('writes the mean over channels as the mask of a layer: %s, readout %s', async (variant, readout) => {
    expect(await sync(place.database, config(variant, false, readout), syncOptions('run-1'))).toMatchObject({
      scored: graphs,
      failed: 0,
      nodePropertiesWritten: graphs * 8 + nodes * layers,
    })
    expect(await membersWithChannels()).toBe(0)
    await sync(place.database, config(variant, true, readout), syncOptions('run-2'))
    const masks = await rows('MATCH (a:Atom) RETURN a.smgMaskLayer1, a.smgMaskLayer2, a.smgMaskChannels')
    expect(masks).toHaveLength(nodes)
    for (const [first, second, list] of masks) {
      const channels = list as number[]
      expect(channels).toHaveLength(layers * hidden)
      const mean = (from: number) => channels.slice(from, from + hidden).reduce((sum, mask) => sum + mask / hidden, 0)
      expect(first).toBeCloseTo(mean(0), 6)
      expect(second).toBeCloseTo(mean(hidden), 6)
      expect(channels.every((mask) => mask > 0 && mask < 1)).toBe(true)
    }
  })

  it('takes the channels away again when they are no longer asked for, and only then', async () => {
    await sync(place.database, config('m-smg', true), syncOptions('run-1'))
    expect(await membersWithChannels()).toBe(nodes)
    expect(await sync(place.database, config('m-smg', true), syncOptions('run-2'))).toMatchObject({ scored: 0 })
    expect(await sync(place.database, config('m-smg', false), syncOptions('run-3'))).toMatchObject({ changed: graphs })
    expect(await membersWithChannels()).toBe(0)
    expect(await sync(place.database, config('m-smg', false), syncOptions('run-4'))).toMatchObject({ scored: 0 })
  })

  it('takes them away with a model that has one mask per member', async () => {
    await sync(place.database, config('m-smg', true), syncOptions('run-1'))
    await sync(place.database, config('smg', false), syncOptions('run-2', { retrain: true }))
    expect(await membersWithChannels()).toBe(0)
  })

  it('takes them from a member that was moved out', async () => {
    await sync(place.database, config('m-smg', true), syncOptions('run-1'))
    await place.database.execute("MATCH (:Atom {atomId: 'm6-1'})-[p:PART_OF]->() DELETE p", {})
    expect(await sync(place.database, config('m-smg', true), syncOptions('run-2'))).toMatchObject({ retracted: 1 })
    expect(await membersWithChannels()).toBe(nodes - 1)
  })

  it('leaves nothing that remove does not take away', async () => {
    await cleanDatabase(place.database)
    await createSmallGraphs(place.database)
    const before = await snapshotOf(place.database)
    await sync(place.database, config('m-smg-jk', true), syncOptions('run-1'))
    await removeEverything(place.database, 'smg')
    expect(await snapshotOf(place.database)).toEqual(before)
  })
})
