import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'

const printed = { stdout: '', stderr: '' }

beforeEach(() => {
  printed.stdout = ''
  printed.stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.stdout += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.stderr += text
    return true
  })
  vi.spyOn(console, 'error').mockImplementation((text) => {
    printed.stderr += `${text}\n`
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('main()', () => {
  it('prints version and help, and ends with 0', async () => {
    expect(await main(['--version'])).toBe(0)
    expect(printed.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(await main(['--help'])).toBe(0)
    expect(printed.stdout).toMatch(/^Usage: smg \[options\] \[command\]$/m)
    for (const command of [
      'setup',
      'init',
      'check',
      'estimate',
      'import',
      'sync',
      'score',
      'query',
      'masks',
      'models',
      'runs',
      'remove',
      'db',
    ])
      expect(printed.stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
    expect(printed.stderr).toBe('')
  })

  it.each([
    [['snyc'], "error: unknown command 'snyc'\n(Did you mean sync?)\n"],
    [['sync', '--dry-rn'], "error: unknown option '--dry-rn'\n(Did you mean --dry-run?)\n"],
    [['score', '--without', 'a,b'], 'Cannot leave out members: expected the key of one graph, got 0\n'],
    [['score', 'g1', 'g2', '--without', 'a,b'], 'Cannot leave out members: expected the key of one graph, got 2\n'],
    [['masks'], "error: missing required argument 'keys'\n"],
    [
      ['init', '--config', 'package.json'],
      'Cannot write package.json: expected no such file, got one; give --overwrite, or another name with --config\n',
    ],
    [['db', 'start', '--port', 'x'], expect.stringContaining('expected a whole number')],
    [
      ['sync', '--config', '/nowhere/smg.yaml'],
      "Cannot read the configuration /nowhere/smg.yaml: ENOENT: no such file or directory, open '/nowhere/smg.yaml'; name another with --config\n",
    ],
  ])('says what is wrong with smg %j, and ends with 2', async (argv, stderr) => {
    expect(await main(argv)).toBe(2)
    expect(printed).toEqual({ stdout: '', stderr })
  })

  it('leaves no handlers of signals behind', async () => {
    const handlers = () => [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]
    const before = handlers()
    await main(['masks'])
    expect(handlers()).toEqual(before)
  })
})
