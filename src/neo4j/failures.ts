/** Failures of server and driver as sentences; the driver's own error stays as `cause`. */
import neo4j from 'neo4j-driver'
import { ConfigError, DatabaseError, RefusedError, ServerMemoryError, SmgError } from '../errors.ts'
import { noConnection } from './connection-failures.ts'

export interface FailureContext {
  readonly uri: string
  readonly database: string
  readonly username?: string
  /** Name of the catalogue's statement that failed. */
  readonly statement?: string
  /** For how long it was tried, if more than once. */
  readonly triedMillis?: number
}

/** Turns what the driver threw into an {@link SmgError}: {@link DatabaseError} where the server is unreachable or refuses. */
export function describeFailure(thrown: unknown, context: FailureContext): unknown {
  if (thrown instanceof SmgError || !(thrown instanceof neo4j.Neo4jError)) return thrown
  const { uri, database, username, statement } = context
  const options = { cause: thrown }
  if (outOfMemory.has(thrown.code))
    return new ServerMemoryError(
      `Cannot run the statement '${statement}' on ${uri}: the server has not enough memory for its transaction (${reasonOf(thrown)}); raise db.memory.transaction.max or dbms.memory.transaction.total.max there`,
      options,
    )
  switch (thrown.code) {
    case 'Neo.ClientError.Security.Unauthorized':
      return new DatabaseError(
        `Cannot log in to ${uri}${username === undefined ? '' : ` as '${username}'`}: the server refuses user name or password; give them with -u and -p, or NEO4J_USERNAME and NEO4J_PASSWORD`,
        options,
      )
    case 'Neo.ClientError.Security.AuthenticationRateLimit':
      return new DatabaseError(
        `Cannot log in to ${uri}: too many wrong passwords in a row; wait some seconds, then try again`,
        options,
      )
    case 'Neo.ClientError.Security.CredentialsExpired':
      return new DatabaseError(`Cannot log in to ${uri}: the password has expired; change it, then try again`, options)
    case 'Neo.ClientError.Security.Forbidden':
      return new RefusedError(
        `Cannot run ${statement ?? 'the check'} on ${uri}: the user lacks a privilege (${thrown.message})`,
        options,
      )
    case 'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase':
    case 'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase':
    case 'Neo.ClientError.Cluster.NotALeader':
      return new RefusedError(
        `Cannot run ${statement ?? 'the check'} on ${uri}: the database '${database}' takes no writes there; make it writable, or name another server or database`,
        options,
      )
    case 'Neo.ClientError.Database.DatabaseNotFound':
      return new DatabaseError(
        `Cannot open the database '${database}' on ${uri}: it does not exist; choose another with -d or NEO4J_DATABASE`,
        options,
      )
    case neo4j.error.SERVICE_UNAVAILABLE:
    case neo4j.error.SESSION_EXPIRED:
      return new DatabaseError(
        `${noConnection(thrown, uri, statement === undefined)}${triedText(thrown, context)}`,
        options,
      )
    default:
      if (statement === 'query') return new ConfigError(`Cannot run the query: ${thrown.message}`, options)
      if (statement === undefined)
        return new DatabaseError(
          `Cannot use the server at ${uri}: expected Neo4j's Bolt protocol, got: ${thrown.message}; check address and port`,
          options,
        )
      if (statement === 'ping')
        return new DatabaseError(
          `Cannot use the database '${database}' on ${uri}: ${reasonOf(thrown)}; choose another with -d or NEO4J_DATABASE`,
          options,
        )
      return new (passes(thrown) ? DatabaseError : SmgError)(
        `Cannot run the statement '${statement}' on ${uri}: ${thrown.message}${triedText(thrown, context)}`,
        options,
      )
  }
}

const outOfMemory = new Set([
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError',
  'Neo.TransientError.General.TransactionOutOfMemoryError',
  'Neo.TransientError.General.OutOfMemoryError',
])

/** Whether trying again may help. The driver takes a lack of memory for something that passes, which it does not. */
export function passes(thrown: unknown): boolean {
  return neo4j.isRetryableError(thrown) && !(thrown instanceof neo4j.Neo4jError && outOfMemory.has(thrown.code))
}

function triedText(thrown: Error, { triedMillis = 0 }: FailureContext): string {
  const seconds = Math.round(triedMillis / 1000)
  return passes(thrown) && seconds > 0 ? `; tried again and again for ${seconds} s` : ''
}

/** The first sentence of a message; the others are advice for programmers. */
function reasonOf({ message }: Error): string {
  return message.split(/\.\s/)[0] ?? message
}
