/** Does what docs/tutorial.md says, word for word: in a shell, with the daemon in a second one, and sees what it says. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Block, blocksOf, commandsOf } from '../support/page-blocks.ts'
import { testServer } from './support/server.ts'
import { expectShown } from './support/shown-text.ts'
import { workPlace } from './support/work-place.ts'

const smg = fileURLToPath(new URL('./support/built-smg.js', import.meta.url))
const place = workPlace({ ownSchema: true })
let daemon: ChildProcess | undefined

/** `npx` that finds `smg`, as it does in a clone of the repository. */
beforeEach(() => {
  const bin = join(place.folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\n[ "$1" = smg ] && shift && exec '${process.execPath}' '${smg}' "$@"\n`)
  chmodSync(join(bin, 'npx'), 0o755)
})
afterEach(() => {
  daemon?.kill('SIGKILL')
})

function startShell(line: string, stdin: 'pipe' | 'ignore' = 'ignore'): ChildProcess {
  const { uri, username, password, database } = testServer()
  const server = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database }
  const path = [join(place.folder, 'bin'), process.env['PATH']].join(delimiter)
  return spawn('sh', ['-c', `exec ${line}`], {
    cwd: place.folder,
    env: { ...process.env, ...server, PATH: path },
    stdio: [stdin, 'pipe', 'pipe'],
  })
}

/** Runs a line to its end, and gives what it printed. */
async function shell(line: string, input = ''): Promise<string> {
  const child = startShell(line, input === '' ? 'ignore' : 'pipe')
  child.stdin?.end(input)
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('expected a child with pipes')
  const [printed, complaint] = await Promise.all([text(stdout), text(stderr), once(child, 'close')])
  expect({ line, code: child.exitCode }, complaint).toEqual({ line, code: 0 })
  return printed
}

async function startDaemon(line: string): Promise<void> {
  // The port of the page may be taken on a machine that tests and serves.
  daemon = startShell(`${line} --port 0`)
  let log = ''
  daemon.stderr?.on('data', (chunk) => {
    log += chunk
  })
  await vi.waitFor(() => expect(log).toContain('daemon started'), { timeout: 60_000, interval: 100 })
}

async function count(statement: string): Promise<unknown> {
  return (await place.database.query(statement, {})).rows[0]?.[0]
}

/** What a reader does with a block; gives what was printed. */
async function follow({ language, text: block }: Block): Promise<string> {
  if (language === 'yaml') appendFileSync(join(place.folder, 'smg.config.yaml'), block)
  const file = /^\/\/ (\S+\.cypher)\n/.exec(block)?.[1]
  if (language === 'cypher' && file !== undefined) writeFileSync(join(place.folder, file), block)
  else if (language === 'cypher') return shell('npx smg db shell', block)
  let printed = ''
  // The repository is there, and has been set up.
  for (const line of language === 'sh' ? commandsOf(block).filter((each) => each !== 'npm ci') : [])
    if (line === 'npx smg serve') await startDaemon(line)
    else printed += await shell(line)
  return printed
}

it('leads somebody who has nothing else from an empty database to a scheduled job', async () => {
  let printed = ''
  let shown = 0
  for (const block of blocksOf('docs/tutorial.md')) {
    if (block.language === 'text') {
      expectShown(block.text, printed)
      shown++
      continue
    }
    if (block.text.includes("MATCH (c:Case {caseId: 'C-121'}) RETURN"))
      await vi.waitFor(
        async () => expect(await count('MATCH (c:Case) WHERE c.smgPrediction IS NULL RETURN count(c)')).toBe(0n),
        {
          timeout: 60_000,
          interval: 250,
        },
      )
    if (block.text.includes('remove nightly') && daemon !== undefined) {
      daemon.kill('SIGINT')
      await once(daemon, 'close')
      expect(daemon.exitCode).toBe(130)
    }
    printed = await follow(block)
    if (block.text.includes('jobs list')) expect(printed).toMatch(/often@.*FINISHED/)
    if (block.text.includes('LIMIT 3')) expect(printed.match(/A-2-[123] /g)).toHaveLength(3)
    if (block.text.includes('--without')) expect(printed).toContain('Without A-2-1, A-2-2: false')
    if (block.text.includes('schedules list')) expect(printed).toMatch(/nightly/)
  }
  expect(shown).toBe(7)
  expect(await count("MATCH (n) WHERE any(name IN keys(n) WHERE name STARTS WITH 'smg') RETURN count(n)")).toBe(0n)
  expect(await count('MATCH (n) WHERE NOT n:Case AND NOT n:Account RETURN count(n)')).toBe(0n)
  expect(await count('MATCH (c:Case) RETURN count(c)')).toBe(121n)
  expect(await count("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN collect(name)")).toEqual([
    'account_id',
    'case_id',
  ])
})
