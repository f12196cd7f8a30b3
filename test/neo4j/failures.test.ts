import neo4j from 'neo4j-driver'
import { describe, expect, it } from 'vitest'
import { ConfigError, DatabaseError, ServerMemoryError, SmgError, SourceDataError } from '../../src/errors.ts'
import { describeFailure, passes } from '../../src/neo4j/failures.ts'

const at = { uri: 'bolt://db:7687', database: 'graphs' }

function failure(code: string, message = 'what the server said. And more.') {
  return new neo4j.Neo4jError(message, code, '50N42', 'status')
}

describe('describeFailure()', () => {
  it.each([
    [
      'Neo.ClientError.Security.Unauthorized',
      { username: 'ada' },
      "Cannot log in to bolt://db:7687 as 'ada': the server refuses user name or password; give them with -u and -p, or NEO4J_USERNAME and NEO4J_PASSWORD",
    ],
    [
      'Neo.ClientError.Security.AuthenticationRateLimit',
      {},
      'Cannot log in to bolt://db:7687: too many wrong passwords in a row; wait some seconds, then try again',
    ],
    [
      'Neo.ClientError.Security.CredentialsExpired',
      {},
      'Cannot log in to bolt://db:7687: the password has expired; change it, then try again',
    ],
    [
      'Neo.ClientError.Security.Forbidden',
      { statement: 'write-scores' },
      'Cannot run write-scores on bolt://db:7687: the user lacks a privilege (what the server said. And more.)',
    ],
    [
      'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase',
      { statement: 'write-scores' },
      "Cannot run write-scores on bolt://db:7687: the database 'graphs' takes no writes there; make it writable, or name another server or database",
    ],
    [
      'Neo.ClientError.Cluster.NotALeader',
      { statement: 'write-scores' },
      "Cannot run write-scores on bolt://db:7687: the database 'graphs' takes no writes there; make it writable, or name another server or database",
    ],
    [
      'Neo.ClientError.Database.DatabaseNotFound',
      {},
      "Cannot open the database 'graphs' on bolt://db:7687: it does not exist; choose another with -d or NEO4J_DATABASE",
    ],
    [
      'ServiceUnavailable',
      {},
      'Cannot reach Neo4j at bolt://db:7687: no server answers; start it, or check address and port (what the server said)',
    ],
    [
      'SessionExpired',
      { statement: 'graph-page' },
      'Cannot reach Neo4j at bolt://db:7687: no server answers; start it, or check address and port (what the server said)',
    ],
    [
      'ProtocolError',
      {},
      "Cannot use the server at bolt://db:7687: expected Neo4j's Bolt protocol, got: what the server said. And more.; check address and port",
    ],
    [
      'Neo.TransientError.General.DatabaseUnavailable',
      { statement: 'ping' },
      "Cannot use the database 'graphs' on bolt://db:7687: what the server said; choose another with -d or NEO4J_DATABASE",
    ],
  ])('says that the database cannot be used: %s', (code, context, message) => {
    const thrown = failure(code)
    const described = describeFailure(thrown, { ...at, ...context })
    expect(described).toBeInstanceOf(DatabaseError)
    expect(described).toMatchObject({ message, exitCode: 4, cause: thrown })
  })

  it("blames a statement of the user's on the user, one of ours on us", () => {
    const thrown = failure('Neo.ClientError.Statement.SyntaxError', "Invalid input 'X'")
    const query = describeFailure(thrown, { ...at, statement: 'query' })
    expect(query).toBeInstanceOf(ConfigError)
    expect(query).toMatchObject({ message: "Cannot run the query: Invalid input 'X'", cause: thrown })
    const own = describeFailure(thrown, { ...at, statement: 'graph-page' })
    expect(own).toBeInstanceOf(SmgError)
    expect(own).toMatchObject({
      message: "Cannot run the statement 'graph-page' on bolt://db:7687: Invalid input 'X'",
      exitCode: 1,
    })
  })

  it('tells what lies behind the advice of the driver', () => {
    const thrown = failure('ServiceUnavailable', 'Could not. Try this.\nCaused by: connect ECONNREFUSED 127.0.0.1:1')
    expect(describeFailure(thrown, at)).toMatchObject({
      message: expect.stringMatching(/\(connect ECONNREFUSED 127\.0\.0\.1:1\)$/),
    })
  })

  it('says for how long it was tried, where that was more than once, and could have helped', () => {
    const deadlock = failure('Neo.TransientError.Transaction.DeadlockDetected')
    const context = { ...at, statement: 'write-scores', triedMillis: 59_600 }
    expect(describeFailure(deadlock, context)).toBeInstanceOf(DatabaseError)
    for (const thrown of [deadlock, failure('ServiceUnavailable')])
      expect(describeFailure(thrown, context)).toMatchObject({
        message: expect.stringMatching(/; tried again and again for 60 s$/),
        exitCode: 4,
      })
    const syntax = failure('Neo.ClientError.Statement.SyntaxError')
    expect(describeFailure(syntax, context)).not.toMatchObject({ message: expect.stringContaining('tried') })
  })

  it('has an error of its own for a server without the memory', () => {
    const thrown = failure('Neo.TransientError.General.MemoryPoolOutOfMemoryError')
    expect(describeFailure(thrown, { ...at, statement: 'write-scores' })).toBeInstanceOf(ServerMemoryError)
  })

  it('leaves what did not come from the driver as it is', () => {
    for (const thrown of [new SourceDataError('no graphs'), new RangeError('ours'), 'text'])
      expect(describeFailure(thrown, at)).toBe(thrown)
  })
})

describe('passes()', () => {
  it.each([
    ['ServiceUnavailable', true],
    ['SessionExpired', true],
    ['Neo.TransientError.General.DatabaseUnavailable', true],
    ['Neo.TransientError.Transaction.DeadlockDetected', true],
    ['Neo.TransientError.Transaction.LockAcquisitionTimeout', true],
    ['Neo.ClientError.Cluster.NotALeader', false], // the driver makes SessionExpired of it
    ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', false],
    ['Neo.TransientError.General.TransactionOutOfMemoryError', false],
    ['Neo.ClientError.Statement.SyntaxError', false],
    ['Neo.ClientError.Transaction.TransactionTimedOut', false],
  ])('says of %s: %j', (code, expected) => {
    expect(passes(failure(code))).toBe(expected)
  })

  it('says no of what did not come from the driver', () => {
    expect(passes(new Error('ours'))).toBe(false)
  })
})
