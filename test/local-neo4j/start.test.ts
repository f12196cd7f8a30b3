import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { startLocalNeo4j } from '../../src/local-neo4j/start.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

describe('startLocalNeo4j()', () => {
  it.each([
    [{ port: 70_000 }, 'Cannot start the local Neo4j on port 70000: expected 0 to 65535'],
    [{ port: 7687.5 }, 'Cannot start the local Neo4j on port 7687.5: expected 0 to 65535'],
    [{ heapMegabytes: 0 }, 'Cannot start the local Neo4j with a heap of 0 MiB: expected at least 256'],
    [{ neo4jVersion: '5.26' }, 'Cannot use Neo4j version "5.26": expected a full version'],
  ])('refuses %j before it makes anything', async (wish, message) => {
    const directory = await temporaryDirectory()
    const starting = startLocalNeo4j({ ...wish, directory })
    await expect(starting).rejects.toBeInstanceOf(ConfigError)
    await expect(starting).rejects.toThrow(message)
    expect(await readdir(directory)).toEqual([])
  })
})
