import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { readJobWords, wordAfter } from '../../src/jobs/job-words.ts'

describe('readJobWords()', () => {
  it('takes sync, with and without its flag, and score', () => {
    expect(readJobWords(['sync'], 'Cannot')).toEqual({ command: 'sync', arguments: [] })
    expect(readJobWords(['sync', '--retrain'], 'Cannot')).toEqual({ command: 'sync', arguments: ['--retrain'] })
    expect(readJobWords(['score'], 'Cannot')).toEqual({ command: 'score', arguments: [] })
  })

  it('takes evaluate, with what is compared and whether settings are searched', () => {
    const words = ['--compare', 'gin,gat', '--search']
    expect(readJobWords(['evaluate', ...words], 'Cannot')).toEqual({ command: 'evaluate', arguments: words })
    expect(wordAfter(words, '--compare')).toBe('gin,gat')
    expect(wordAfter(['--search'], '--compare')).toBeNull()
  })

  it.each([
    [['remove'], "Cannot go: expected the command sync, score or evaluate, got 'remove'"],
    [['snyc'], "Cannot go: expected the command sync, score or evaluate, got 'snyc'; did you mean 'sync'?"],
    [[], "Cannot go: expected the command sync, score or evaluate, got ''"],
    [['toString'], "Cannot go: expected the command sync, score or evaluate, got 'toString'"],
    [
      ['sync', '--retrian'],
      "Cannot go: expected --retrain or nothing after 'sync', got '--retrian'; did you mean '--retrain'?",
    ],
    [['sync', '--dry-run'], expect.stringContaining("got '--dry-run'")],
    [
      ['evaluate', '--compare'],
      "Cannot go: expected names of baselines with commas between after '--compare', got none",
    ],
    [
      ['evaluate', '--compare', '--search'],
      "Cannot go: expected names of baselines with commas between after '--compare', got '--search'",
    ],
    [['score', '--retrain'], "Cannot go: expected nothing after 'score', got '--retrain'"],
  ])('refuses %j, naming what jobs run', (words, message) => {
    const read = () => readJobWords(words, 'Cannot go')
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(expect.objectContaining({ message }))
  })
})
