/** Reads the rows of numbers of a text file: columns split by commas or blanks, line ends LF or CRLF. */
import { SourceDataError } from '../errors.ts'
import { type WholeLinesOptions, wholeLines } from './whole-lines.ts'

const TAB = 9
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const SPACE = 32
const PLUS = 43
const COMMA = 44
const MINUS = 45
const POINT = 46
const DIGIT_0 = 48
const DIGIT_9 = 57

/** Up to here mantissa and power of ten are exact doubles, so that their quotient is the nearest double. */
const EXACT_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent)
const WHOLE_NUMBER = /^[+-]?\d+$/
const DECIMAL_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const SHOWN_CHARACTERS = 40

export interface NumberRowsOptions extends WholeLinesOptions {
  readonly kind: 'whole' | 'decimal'
  /** Columns that every row must have. Default: as many as the first row. */
  readonly columns?: number | undefined
}

/**
 * A cursor over the rows of a file. `next()` answers at once while the current block of lines lasts and with a promise
 * when more must be read, so that a loop waits once a block and not once a row:
 *
 *     for (let more = rows.next(); more === true || (await more); more = rows.next()) use(rows.row)
 */
export class NumberRows {
  /** Values of the current row, overwritten by the next: whole numbers within ±(2^53 - 1), or finite decimals. */
  readonly row: number[] = []
  /** Rows so far; that is also the line of the current row. */
  count = 0

  private readonly options: NumberRowsOptions
  private readonly blocks: AsyncGenerator<Uint8Array, void, undefined>
  private bytes: Uint8Array = new Uint8Array(0)
  private position = 0
  private columns: number | undefined
  private followsEmptyLine = false

  constructor(chunks: AsyncIterable<Uint8Array>, options: NumberRowsOptions) {
    this.options = options
    this.blocks = wholeLines(chunks, options)
    this.columns = options.columns
  }

  /**
   * Moves to the next row; false at the end. Empty lines may stand at the end only.
   *
   * @throws SourceDataError naming file and line of what is not a row of numbers
   * @throws InterruptedError when the signal is aborted
   */
  next(): boolean | Promise<boolean> {
    while (this.position < this.bytes.length) {
      if (this.skipEmptyLine()) {
        this.followsEmptyLine = true
        continue
      }
      this.count++
      if (this.followsEmptyLine) throw this.unexpected('a row of numbers', 'an empty line with rows after it')
      this.parseRow()
      return true
    }
    return this.nextBlock()
  }

  /** Name of the file, for messages. */
  get file(): string {
    return this.options.file
  }

  /** Lets go of the file before its end. */
  async close(): Promise<void> {
    await this.blocks.return()
  }

  /** An error at the current row, for values that do not fit. */
  unexpected(expected: string, got: string): SourceDataError {
    return new SourceDataError(`Cannot read ${this.file} line ${this.count}: expected ${expected}, got ${got}`)
  }

  private async nextBlock(): Promise<boolean> {
    const { done, value } = await this.blocks.next()
    if (done === true) return false
    this.bytes = value
    this.position = 0
    return this.next()
  }

  private skipEmptyLine(): boolean {
    const { bytes } = this
    let at = this.position
    while (isBlank(bytes[at])) at++
    if (bytes[at] !== LINE_FEED) return false
    this.position = at + 1
    return true
  }

  private parseRow(): void {
    const { bytes, row } = this
    let column = 0
    for (;;) {
      while (isBlank(bytes[this.position])) this.position++
      row[column++] = this.parseNumber()
      while (isBlank(bytes[this.position])) this.position++
      const byte = bytes[this.position]
      if (byte === COMMA) this.position++
      else if (byte === LINE_FEED) break
    }
    this.position++
    this.columns ??= column
    if (column !== this.columns) throw this.unexpected(`${this.columns} columns`, String(column))
  }

  /** The number at `position`, which moves to the byte after it. */
  private parseNumber(): number {
    const { bytes } = this
    const start = this.position
    let at = start
    let byte = bytes[at]
    const negative = byte === MINUS
    if (negative || byte === PLUS) byte = bytes[++at]
    let mantissa = 0
    let digits = 0
    let pointAt = -1
    for (; byte !== undefined; byte = bytes[++at]) {
      if (byte >= DIGIT_0 && byte <= DIGIT_9) {
        mantissa = mantissa * 10 + (byte - DIGIT_0)
        digits++
      } else if (byte === POINT && pointAt < 0 && this.options.kind === 'decimal') pointAt = digits
      else break
    }
    if (digits === 0 || digits > EXACT_DIGITS || !endsNumber(byte)) return this.parseUnusual(start)
    this.position = at
    const value = pointAt < 0 ? mantissa : mantissa / (POWERS_OF_TEN[digits - pointAt] ?? 1)
    return negative ? -value : value
  }

  /** Exponents, more digits than are exact at once, and whatever is no number at all. */
  private parseUnusual(start: number): number {
    const { bytes } = this
    let end = start
    while (!endsNumber(bytes[end])) end++
    const text = Buffer.from(bytes.subarray(start, end)).toString('utf8')
    const value = Number(text)
    const whole = this.options.kind === 'whole'
    if (
      whole
        ? WHOLE_NUMBER.test(text) && Number.isSafeInteger(value)
        : DECIMAL_NUMBER.test(text) && Number.isFinite(value)
    ) {
      this.position = end
      return value
    }
    const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
    throw this.unexpected(whole ? 'a whole number within ±(2^53 - 1)' : 'a finite number', JSON.stringify(shown))
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === CARRIAGE_RETURN
}

function endsNumber(byte: number | undefined): boolean {
  return byte === COMMA || byte === LINE_FEED || byte === undefined || isBlank(byte)
}
