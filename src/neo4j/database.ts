/** One connection to one database: opens, checks, runs the statements of the catalogue, closes. */
import neo4j, { type AuthToken, type Driver, type QueryResult, type Result } from 'neo4j-driver'
import { DatabaseError } from '../errors.ts'
import { ping } from './catalogue.ts'
import { describeFailure, passes } from './failures.ts'
import { type RetryBudget, withRetries } from './retries.ts'
import type { Identifiers, Parameters, Statement, StatementMode } from './statement.ts'

export interface ConnectionOptions {
  readonly uri: string
  readonly username: string
  readonly password: string
  readonly database: string
  /** Simultaneous sessions; the pool holds two more. Default: 4 */
  readonly concurrency?: number
  /** How long a statement is tried again whose failure may pass. Default: 60 */
  readonly retrySeconds?: number | undefined
  /** Once aborted, nothing is tried again. */
  readonly signal?: AbortSignal | undefined
}

/** What a write changed, as the server counted it. */
export interface WriteCounts {
  readonly propertiesSet: number
  readonly nodesCreated: number
  readonly nodesDeleted: number
  readonly relationshipsCreated: number
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

const oldestSupported = [5, 26] as const
const transactionTimeoutMillis = 600_000
const connectTimeoutMillis = 15_000
const defaultRetries: RetryBudget = { budgetMillis: 60_000 }

/**
 * Connects and checks address, credentials, database name and server version before any work.
 * @throws DatabaseError when the server cannot be reached, refuses, lacks the database, or is older than 5.26.
 */
export async function openDatabase(options: ConnectionOptions): Promise<Database> {
  const { uri, username, password, database, concurrency = 4, retrySeconds, signal } = options
  const driver = createDriver(uri, {
    auth: neo4j.auth.basic(username, password),
    poolSize: concurrency + 2,
  })
  try {
    const { agent = 'an unnamed server' } = await driver.getServerInfo({ database })
    const opened = new Database(driver, uri, database, requireSupportedVersion(agent, uri), {
      budgetMillis: retrySeconds === undefined ? defaultRetries.budgetMillis : 1000 * retrySeconds,
      signal,
    })
    await opened.run(ping, {}, {})
    return opened
  } catch (thrown) {
    await driver.close()
    throw describeFailure(thrown, { uri, username, database })
  }
}

/** Makes a driver, which connects when it is first used. */
function createDriver(uri: string, { auth, poolSize }: { auth: AuthToken; poolSize: number }): Driver {
  try {
    // The driver takes ports that do not exist, and fails over them later with an error of another kind.
    new URL(uri)
    return neo4j.driver(uri, auth, {
      useBigInt: true,
      userAgent: 'soft-mask-neo4j',
      maxConnectionPoolSize: poolSize,
      connectionLivenessCheckTimeout: 30_000,
      connectionTimeout: connectTimeoutMillis,
      notificationFilter: { minimumSeverityLevel: 'WARNING', disabledClassifications: ['HINT'] },
    })
  } catch (cause) {
    throw new DatabaseError(
      `Cannot connect: expected an address such as neo4j://host:7687 or bolt://host:7687, got '${uri}'; give it with -a or NEO4J_URI`,
      { cause },
    )
  }
}

/**
 * Version of a server agent such as "Neo4j/5.26.12", as "5.26".
 * @throws DatabaseError when it is older than 5.26, or not Neo4j.
 */
export function requireSupportedVersion(agent: string, uri: string): string {
  const [, major = Number.NaN, minor = Number.NaN] = (/^Neo4j\/(\d+)\.(\d+)/.exec(agent) ?? []).map(Number)
  const isSupported = major > oldestSupported[0] || (major === oldestSupported[0] && minor >= oldestSupported[1])
  if (isSupported) return `${major}.${minor}`
  throw new DatabaseError(
    `Cannot use the server at ${uri}: expected Neo4j ${oldestSupported.join('.')} or newer, got ${agent}; upgrade it, or name another with -a or NEO4J_URI`,
  )
}

/** An open connection; made by {@link openDatabase}, ended by {@link Database.close}. */
export class Database {
  readonly uri: string
  readonly name: string
  readonly serverVersion: string
  readonly #driver: Driver
  readonly #retries: RetryBudget
  /** What was written is seen by what is read next, whichever member of a cluster answers. */
  readonly #bookmarks = neo4j.bookmarkManager()

  constructor(driver: Driver, uri: string, name: string, serverVersion: string, retries: RetryBudget = defaultRetries) {
    this.#driver = driver
    this.#retries = retries
    this.uri = uri
    this.name = name
    this.serverVersion = serverVersion
  }

  /**
   * Runs a statement of the catalogue and gives its rows; reads go to readers, each in a transaction of its own. Each does the
   * same when it is run twice, so that all are tried again where the failure may pass.
   */
  async run<Names extends Identifiers, Params extends Parameters, Row>(
    statement: Statement<Names, Params, Row>,
    names: Names,
    params: Params,
  ): Promise<Row[]> {
    return (await this.runCounted(statement, names, params)).rows
  }

  /** As {@link run}, with the server's counters: those of the last try. */
  async runCounted<Names extends Identifiers, Params extends Parameters, Row>(
    statement: Statement<Names, Params, Row>,
    names: Names,
    params: Params,
  ): Promise<{ readonly rows: Row[]; readonly counts: WriteCounts }> {
    const text = statement.render(names)
    const result = await this.#execute(statement.mode, statement.name, text, params)
    const rows = result.records.map((record) => statement.row.parse(record.toObject()))
    const updates = result.summary.counters.updates()
    return {
      rows,
      counts: {
        propertiesSet: updates.propertiesSet,
        nodesCreated: updates.nodesCreated,
        nodesDeleted: updates.nodesDeleted,
        relationshipsCreated: updates.relationshipsCreated,
      },
    }
  }

  /** Names of the columns that a statement returns, also where it returns no rows. */
  async columnsOf<Names extends Identifiers, Params extends Parameters, Row>(
    { name, mode, render }: Statement<Names, Params, Row>,
    names: Names,
    params: Params,
  ): Promise<string[]> {
    return (await this.#execute(mode, name, render(names), params)).columns
  }

  /** Runs a statement of the user's in read access mode: the server refuses writes. Values are as the driver gives them. */
  async query(text: string, params: Parameters): Promise<Table> {
    return toTable(await this.#execute('read', 'query', text, params))
  }

  /** Runs a statement of the user's with write access, as typed into `smg db shell`, and never twice. */
  async execute(text: string, params: Parameters): Promise<Table> {
    return toTable(await this.#execute('once', 'shell', text, params))
  }

  async close(): Promise<void> {
    await this.#driver.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #execute(
    mode: StatementMode | 'once',
    purpose: string,
    text: string,
    params: Parameters,
  ): Promise<QueryResult & { readonly columns: string[] }> {
    const metadata = { app: 'smg', statement: purpose }
    const isTimed = mode === 'read' || mode === 'write'
    const settings = isTimed ? { timeout: transactionTimeoutMillis, metadata } : { metadata }
    // One statement is one transaction, in one round trip. The driver's own retries, which take a function of a transaction,
    // would pause for up to half a minute, and leave out what cannot run in such a transaction.
    let tries = 0
    const attempt = async () => {
      tries++
      const session = this.#driver.session({
        database: this.name,
        bookmarkManager: this.#bookmarks,
        defaultAccessMode: mode === 'read' ? neo4j.session.READ : neo4j.session.WRITE,
      })
      try {
        return await completed(session.run(text, params, settings))
      } finally {
        await session.close()
      }
    }
    const startedAt = performance.now()
    try {
      return await (mode === 'once' ? attempt() : withRetries(attempt, { ...this.#retries, passes }))
    } catch (thrown) {
      const triedMillis = tries > 1 ? performance.now() - startedAt : 0
      throw describeFailure(thrown, { uri: this.uri, database: this.name, statement: purpose, triedMillis })
    }
  }
}

async function completed(running: Result): Promise<QueryResult & { readonly columns: string[] }> {
  const result = await running
  return { ...result, columns: (await running.keys()).map(String) }
}

function toTable(result: QueryResult): Table {
  const columns = (result.records[0]?.keys ?? []).map(String)
  return { columns, rows: result.records.map((record) => columns.map((column) => record.get(column))) }
}
