/** The connection as the environment gives it to the processes of this benchmark; the Python peer reads the same variables. */
import { resolveConnection } from '../../src/config/load.ts'

export interface Connection {
  readonly uri: string
  readonly username: string
  readonly password: string
  readonly database: string
}

/** `undefined` where the environment names no server. */
export function connectionFrom(environment: NodeJS.ProcessEnv): Connection | undefined {
  const { uri, username = 'neo4j', password, database = 'neo4j' } = resolveConnection({}, environment, {})
  if (uri === undefined) return undefined
  if (password === undefined) throw new Error(`Cannot log in to ${uri}: expected NEO4J_PASSWORD, got none`)
  return { uri, username, password, database }
}

export function environmentOf({ uri, username, password, database }: Connection): NodeJS.ProcessEnv {
  return { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database }
}
