import neo4j from 'neo4j-driver'
import { type TestServer, testServer } from './server.ts'

export interface HeldLock {
  /** Rolls the transaction back; who waited for what it had locked goes on. */
  readonly release: () => Promise<void>
}

/**
 * Runs a statement in a transaction of its own and leaves that open: what the statement wrote stays locked, so that a command
 * stops at a known point for as long as the test needs.
 */
export async function holdLock(
  statement: string,
  parameters: Readonly<Record<string, unknown>> = {},
  server: TestServer = testServer(),
): Promise<HeldLock> {
  const { uri, username, password, database } = server
  const driver = neo4j.driver(uri, neo4j.auth.basic(username, password))
  const session = driver.session({ database })
  const release = async () => {
    await session.close()
    await driver.close()
  }
  try {
    const transaction = session.beginTransaction()
    await transaction.run(statement, parameters)
    return { release }
  } catch (thrown) {
    await release()
    throw thrown
  }
}
