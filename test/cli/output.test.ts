import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOutput, type OutputOptions, renderTable } from '../../src/cli/output.ts'

describe('renderTable()', () => {
  it('shows numbers to four digits, whole ones as they are, and nothing for what is missing', () => {
    const rows = [
      { name: 'a', mask: 0.98765, count: 3, big: 9007199254740993n },
      { name: 'b', mask: null, flag: true },
    ]
    expect(renderTable(rows, ['name', 'mask', 'count', 'big', 'flag'])).toBe(
      [
        '┌──────┬────────┬───────┬──────────────────┬──────┐',
        '│ name │ mask   │ count │ big              │ flag │',
        '├──────┼────────┼───────┼──────────────────┼──────┤',
        '│ a    │ 0.9877 │ 3     │ 9007199254740993 │      │',
        '│ b    │        │       │                  │ true │',
        '└──────┴────────┴───────┴──────────────────┴──────┘',
      ].join('\n'),
    )
  })

  it('shortens lists, and shows maps as JSON', () => {
    const cells = (value: unknown) => renderTable([{ value }], ['value']).split('\n')[3]
    expect(cells(['x', 0.25, [1, null]])).toBe('│ [x, 0.2500, [1, ]] │')
    expect(cells([1, 2, 3, 4, 5, 6])).toBe('│ [1, 2, 3, 4, 5, 6] │')
    expect(cells([1, 2, 3, 4, 5, 6, 7])).toBe('│ [1, 2, 3, 4, 5, 6, … 7] │')
    expect(cells({ a: 7n, b: 'x' })).toBe('│ {"a":7,"b":"x"} │')
  })
})

describe('createOutput()', () => {
  const printed: { stdout: string[]; stderr: string[] } = { stdout: [], stderr: [] }
  beforeEach(() => {
    printed.stdout = []
    printed.stderr = []
    vi.spyOn(console, 'log').mockImplementation((text) => printed.stdout.push(text))
    vi.spyOn(console, 'error').mockImplementation((text) => printed.stderr.push(text))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** Has everything printed that an output can print. */
  function printAll(options: OutputOptions) {
    const output = createOutput(options)
    output.line('a line')
    output.note('a note')
    output.table([{ a: 1 }])
    output.table([])
    output.json({ big: 9007199254740993n, small: 7n, list: Float32Array.of(0.5, 1) })
    return { ...printed, stdout: printed.stdout.map((text) => (text.startsWith('┌') ? 'a table' : text)) }
  }

  const document = JSON.stringify({ big: '9007199254740993', small: 7, list: [0.5, 1] }, null, 2)

  it.each([
    [{}, { stdout: ['a line', 'a table'], stderr: ['a note'] }],
    [{ quiet: true }, { stdout: ['a table'], stderr: [] }],
    [{ json: true }, { stdout: [document], stderr: ['a note'] }],
    [
      { json: true, quiet: true },
      { stdout: [document], stderr: [] },
    ],
  ])('prints with %j what fits', (options, expected) => {
    expect(printAll(options)).toEqual(expected)
  })

  it('prints one line per finished step where there is no terminal, and none of a step that never began', () => {
    const { progress } = createOutput({})
    const reading = progress('Reading')
    reading.update(1, 3)
    reading.update(3, 3, 'loss 0.5')
    reading.stop()
    reading.stop()
    progress('Training').stop()
    expect(printed).toEqual({ stdout: [], stderr: ['Reading: 3 of 3 loss 0.5'] })
  })
})
