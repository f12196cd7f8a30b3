import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createProgram } from '../src/cli/main.ts'

const serviceSchema = z.looseObject({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  deploy: z.object({ replicas: z.int() }).optional(),
})
const file = z
  .looseObject({ services: z.record(z.string(), serviceSchema) })
  .parse(parse(readFileSync(new URL('../deploy/compose.yaml', import.meta.url), 'utf8'), { merge: true }))

describe('deploy/compose.yaml', () => {
  it('starts Neo4j, Redis, a daemon and two workers', () => {
    expect(Object.keys(file.services).sort()).toEqual(['daemon', 'neo4j', 'redis', 'worker'])
    expect(file.services['worker']?.deploy?.replicas).toBe(2)
  })

  it.each(['daemon', 'worker'])(
    'gives the %s a command of smg, with flags that it has, and all addresses',
    async (name) => {
      const { command: [verb, ...words] = [], environment = {} } = file.services[name] ?? {}
      const program = await createProgram([`${verb}`], new AbortController().signal)
      const command = program.commands.find((each) => each.name() === verb)
      expect(command?.parseOptions(words)).toEqual({ operands: [], unknown: [] })
      expect(Object.keys(environment).sort()).toEqual([
        'NEO4J_PASSWORD',
        'NEO4J_URI',
        'NEO4J_USERNAME',
        'SMG_REDIS_URL',
      ])
    },
  )
})
