/** Each page about a kind of projection is followed in an empty database, exactly as it stands. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../src/config/load.ts'
import { projectionKinds } from '../../src/config/schema.ts'
import { readPage, rowCounts } from './support/page.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const firstRun = z.tuple([z.number(), z.array(z.number()), z.number(), z.literal(0n)])

it.each(projectionKinds)('the page about graphs by %s leads from an empty database to its answers', async (kind) => {
  const { database, folder } = place
  const { tables } = await readPage(`docs/projections/${kind}.md`, { database, folder })
  expect((await loadConfig(join(folder, 'smg.config.yaml'))).projection.kind).toBe(kind)
  for (const [statement, count] of rowCounts(tables)) expect({ statement, count }).not.toEqual({ statement, count: 0 })
  const { rows } = await database.query(
    `MATCH (m:SmgModel)<-[:USED_MODEL]-(r:SmgRun)
     RETURN m.accuracy, r.maskDeletionFidelity, r.maskRandomDeletionFidelity, r.failed
     ORDER BY r.startedAt LIMIT 1`,
    {},
  )
  const [accuracy, deletion, randomDeletion] = firstRun.parse(rows[0])
  // The example can be learned, and what the page shows of masks is worth showing.
  expect(accuracy).toBeGreaterThan(0.9)
  expect(Math.max(...deletion)).toBeGreaterThan(randomDeletion)
})
