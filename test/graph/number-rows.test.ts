import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InterruptedError, SourceDataError } from '../../src/errors.ts'
import { NumberRows, type NumberRowsOptions } from '../../src/graph/number-rows.ts'

describe('NumberRows', () => {
  it('reads whole numbers of either sign, with blanks around the commas', async () => {
    expect(await rowsOf('1, 2\n-3,4\n +5\t,  -6 \n')).toEqual([
      [1, 2],
      [-3, 4],
      [5, -6],
    ])
  })

  it('splits at blanks where there is no comma', async () => {
    expect(await rowsOf('1 2\n3\t4\n')).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('accepts CRLF, a byte order mark, no line end at the end, and empty lines after the last row', async () => {
    expect(await rowsOf('\uFEFF1, 2\r\n3, 4')).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(await rowsOf('7\r\n \n\r\n\n')).toEqual([[7]])
    expect(await rowsOf('')).toEqual([])
  })

  it('reads decimals to the nearest double', async () => {
    const text = '0.1, -2.50, 1e-3, 6.02214076E+23, 5., .5, 0.30000000000000004, 123456789.123456789\n'
    expect(await rowsOf(text, { kind: 'decimal' })).toEqual([
      [0.1, -2.5, 1e-3, 6.02214076e23, 5, 0.5, 0.30000000000000004, 123456789.12345679],
    ])
  })

  it('reads what was printed, wherever the chunks are cut', async () => {
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(
          fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: columns, maxLength: columns }),
        ),
      )
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, chunkBytes) => {
        const text = rows.map((row) => row.map(String).join(', ')).join('\n')
        const read = await rowsOf(text, { kind: 'decimal' }, chunkBytes)
        expect(read.map((row) => row.map(String))).toEqual(rows.map((row) => row.map(String)))
      }),
    )
  })

  it('keeps whole numbers up to 2^53 - 1 and refuses larger ones', async () => {
    expect(await rowsOf('9007199254740991\n-9007199254740991\n')).toEqual([[9007199254740991], [-9007199254740991]])
    await expect(rowsOf('1\n9007199254740993\n')).rejects.toThrow(
      'Cannot read X_A.txt line 2: expected a whole number within ±(2^53 - 1), got "9007199254740993"',
    )
  })

  it.each([
    ['1, a\n', 'line 1: expected a whole number within ±(2^53 - 1), got "a"'],
    ['1, 2.5\n', 'line 1: expected a whole number within ±(2^53 - 1), got "2.5"'],
    ['1, 2\n3,\n', 'line 2: expected a whole number within ±(2^53 - 1), got ""'],
    ['1, 2\n3,,4\n', 'line 2: expected a whole number within ±(2^53 - 1), got ""'],
    ['1, 2\n3\n', 'line 2: expected 2 columns, got 1'],
    ['1, 2\n3, 4, 5\n', 'line 2: expected 2 columns, got 3'],
    ['1, 2\n\n3, 4\n', 'line 2: expected a row of numbers, got an empty line with rows after it'],
    ['--1\n', 'line 1: expected a whole number within ±(2^53 - 1), got "--1"'],
    [`${'9'.repeat(60)}\n`, `line 1: expected a whole number within ±(2^53 - 1), got "${'9'.repeat(40)}…"`],
  ])('refuses %j', async (text, message) => {
    await expect(rowsOf(text)).rejects.toThrow(new SourceDataError(`Cannot read X_A.txt ${message}`))
  })

  it.each(['nan', 'inf', '1e999', '0x10', '1_000', '1.2.3'])('refuses the decimal %s', async (text) => {
    const message = `Cannot read X_A.txt line 1: expected a finite number, got "${text}"`
    await expect(rowsOf(`${text}\n`, { kind: 'decimal' })).rejects.toThrow(new SourceDataError(message))
  })

  it('holds every row to the number of columns that was asked for', async () => {
    await expect(rowsOf('1\n', { columns: 2 })).rejects.toThrow('Cannot read X_A.txt line 1: expected 2 columns, got 1')
  })

  it('refuses a file without line ends instead of holding it all', async () => {
    const endless = async function* () {
      for (;;) yield new Uint8Array(2 ** 20).fill(0x31)
    }
    const rows = new NumberRows(endless(), { file: 'X_A.txt', kind: 'whole' })
    await expect((async () => rows.next())()).rejects.toThrow('expected shorter lines, got one of over 16 MiB')
  })

  it('names the file when its stream fails', async () => {
    const failing = async function* () {
      yield Buffer.from('1, 2\n')
      throw new Error('unexpected end of file')
    }
    const rows = new NumberRows(failing(), { file: 'X_A.txt', kind: 'whole' })
    expect(await rows.next()).toBe(true)
    await expect(rows.next()).rejects.toThrow(new SourceDataError('Cannot read X_A.txt: unexpected end of file'))
  })

  it('stops once the signal is aborted', async () => {
    const options = { signal: AbortSignal.abort() }
    await expect(rowsOf('1\n', options)).rejects.toBeInstanceOf(InterruptedError)
  })
})

async function rowsOf(text: string, options: Partial<NumberRowsOptions> = {}, chunkBytes = 1000): Promise<number[][]> {
  const chunks = async function* () {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const rows = new NumberRows(chunks(), { file: 'X_A.txt', kind: 'whole', ...options })
  const all: number[][] = []
  for (let more = rows.next(); more === true || (await more); more = rows.next()) all.push([...rows.row])
  expect(rows.count).toBe(all.length)
  return all
}
