import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Database, openDatabase } from '../../../src/neo4j/database.ts'
import { cleanDatabase, emptyDatabase } from './clean-database.ts'
import { testServer } from './server.ts'

/** What every test of a file finds: a database without nodes, and an empty folder of its own. */
export interface WorkPlace {
  readonly database: Database
  readonly folder: string
}

export interface WorkPlaceOptions {
  /** Whether tests find no indexes and constraints of the tests before them, at some seconds a test. Default: false */
  readonly ownSchema?: boolean
}

/** Prepares a {@link WorkPlace} before each test of the calling file and cleans it up after. */
export function workPlace({ ownSchema = false }: WorkPlaceOptions = {}): WorkPlace {
  let database: Database | undefined
  let folder: string | undefined
  beforeAll(async () => {
    database = await openDatabase(testServer())
    await cleanDatabase(database)
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smg-test-'))
    if (database !== undefined) await (ownSchema ? cleanDatabase : emptyDatabase)(database)
  })
  afterEach(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })
  afterAll(async () => {
    if (database !== undefined) await cleanDatabase(database)
    await database?.close()
  })
  return {
    get database() {
      return there(database)
    },
    get folder() {
      return there(folder)
    },
  }
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected to be used inside a test')
  return value
}
