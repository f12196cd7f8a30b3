/** The end of all rounds: the database that lived through them against one that saw no crash. */
import { join } from 'node:path'
import { exportModel } from '../../src/pipeline/stored-models.ts'
import type { Connection } from '../sync/connection.ts'
import { modelFolder } from './client.ts'
import { crashModelName } from './graphs.ts'
import { savedVersions } from './phase.ts'
import { compareContents, contentsOf, readOwnData, writeOwnData } from './reference.ts'
import { type CrashSite, syncToTheEnd, withDatabase } from './rounds.ts'
import type { End } from './rounds-file.ts'
import { createCrashServer } from './server.ts'

/** Starts a second server for the undisturbed database. */
export async function compareWithUndisturbed(site: CrashSite, work: string, log: (line: string) => void): Promise<End> {
  const server = createCrashServer({ directory: join(work, 'neo4j'), log })
  try {
    return await compareAt(site, { connection: await server.start(), folder: join(work, 'client') })
  } finally {
    await server.stop()
  }
}

/** Brings the graphs of the survivor and its model to an empty database, syncs once, and compares. */
export async function compareAt(
  site: CrashSite,
  undisturbed: { readonly connection: Connection; readonly folder: string },
): Promise<End> {
  const version = (await withDatabase(site, savedVersions)).at(-1) ?? 0
  const models = join(undisturbed.folder, modelFolder)
  const { data, contents } = await withDatabase(site, async (database) => {
    await exportModel(database, `${crashModelName}:${version}`, models)
    return { data: await readOwnData(database), contents: await contentsOf(database, version) }
  })
  await withDatabase(undisturbed, (database) => writeOwnData(database, data))
  await syncToTheEnd({ ...site, ...undisturbed }, version)
  const expected = await withDatabase(undisturbed, (database) => contentsOf(database, version))
  return {
    kind: 'end',
    graphs: data.cases.length,
    members: data.accounts.length,
    ...compareContents(contents, expected),
  }
}
