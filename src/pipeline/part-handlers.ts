/** What a worker can do. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { partOfText, partText } from '../jobs/part-text.ts'
import type { PartHandler } from '../jobs/part-worker.ts'
import type { PartKind } from '../jobs/work-engine.ts'
import type { Database } from '../neo4j/database.ts'
import { createFoldProcesses } from './evaluate/fold-processes.ts'
import { trainSharedPart } from './evaluate/train-part.ts'
import { partScorer } from './score-part.ts'

export interface PartHandlers {
  readonly handlers: Readonly<Record<PartKind, PartHandler>>
  close(): Promise<void>
}

export async function openPartHandlers(database: Database): Promise<PartHandlers> {
  const folder = await mkdtemp(join(tmpdir(), 'smg-worker-'))
  const processes = createFoldProcesses()
  const score = partScorer(database)
  return {
    handlers: {
      score: async (text, control) => partText(await score(partOfText(text), control)),
      train: async (text, control) => partText(await trainSharedPart(partOfText(text), { folder, processes }, control)),
    },
    close: async () => {
      processes.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
