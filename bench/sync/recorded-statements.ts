/** What our code sends to the server, kept so that the bare driver can send it again. */
import neo4j, { type Driver } from 'neo4j-driver'
import { Database, type WriteCounts } from '../../src/neo4j/database.ts'
import type { Identifiers, Parameters, Statement, StatementMode } from '../../src/neo4j/statement.ts'

export interface SentStatement {
  readonly mode: StatementMode
  readonly text: string
  readonly params: Parameters
  /** So many statements had been answered when this one was sent: what may be under way beside it. */
  readonly answeredBefore: number
}

/** A database that keeps every statement it runs. */
export class RecordingDatabase extends Database {
  readonly sent: SentStatement[] = []
  #answered = 0

  override async runCounted<Names extends Identifiers, Params extends Parameters, Row>(
    statement: Statement<Names, Params, Row>,
    names: Names,
    params: Params,
  ): Promise<{ readonly rows: Row[]; readonly counts: WriteCounts }> {
    const { mode, render } = statement
    this.sent.push({ mode, text: render(names), params, answeredBefore: this.#answered })
    try {
      return await super.runCounted(statement, names, params)
    } finally {
      this.#answered++
    }
  }
}

/** Sends the statements again in the same order, as many at a time as then, and throws the results away. */
export async function sendAgain(driver: Driver, database: string, statements: readonly SentStatement[]): Promise<void> {
  const underWay = new Set<Promise<void>>()
  let answered = 0
  for (const statement of statements) {
    while (answered < statement.answeredBefore) await Promise.race(underWay)
    const sending = send(driver, database, statement).then(() => {
      answered++
      underWay.delete(sending)
    })
    underWay.add(sending)
  }
  await Promise.all(underWay)
}

async function send(driver: Driver, database: string, statement: SentStatement): Promise<void> {
  const defaultAccessMode = statement.mode === 'read' ? neo4j.session.READ : neo4j.session.WRITE
  const session = driver.session({ database, defaultAccessMode })
  try {
    await session.run(statement.text, statement.params)
  } finally {
    await session.close()
  }
}
