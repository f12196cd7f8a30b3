import neo4j from 'neo4j-driver'
import { describe, expect, it } from 'vitest'
import { ConfigError, DatabaseError, SmgError, SourceDataError } from '../../src/errors.ts'
import { describeFailure } from '../../src/neo4j/failures.ts'

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

  it('leaves what did not come from the driver as it is', () => {
    for (const thrown of [new SourceDataError('no graphs'), new RangeError('ours'), 'text'])
      expect(describeFailure(thrown, at)).toBe(thrown)
  })
})
