import { describe, expect, it } from 'vitest'
import { readScheduledWords } from '../../src/cli/scheduled-words.ts'
import { ConfigError } from '../../src/errors.ts'

describe('readScheduledWords()', () => {
  it('takes sync, with and without its flag', () => {
    expect(readScheduledWords(['sync'])).toEqual({ command: 'sync', arguments: [] })
    expect(readScheduledWords(['sync', '--retrain'])).toEqual({ command: 'sync', arguments: ['--retrain'] })
  })

  it.each([
    [['remove'], /command 'remove': expected sync after --/],
    [[], /command ''/],
    [['toString'], /command 'toString'/],
    [['sync', '--retrian'], /'sync --retrian': .* did you mean '--retrain'\?/],
    [['sync', '--dry-run'], /'sync --dry-run'/],
  ])('refuses %j, naming what can be scheduled', (words, message) => {
    expect(() => readScheduledWords(words)).toThrow(ConfigError)
    expect(() => readScheduledWords(words)).toThrow(message)
  })
})
