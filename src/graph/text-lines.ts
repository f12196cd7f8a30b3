/** The lines of a text file, one after the other. */
import { SourceDataError } from '../errors.ts'
import { type WholeLinesOptions, wholeLines } from './whole-lines.ts'

export interface TextLines {
  /** Name of the file, for messages. */
  readonly file: string
  /** The next line, without its end; `null` after the last one. */
  next(): Promise<string | null>
  /** An error at the line that came last. */
  unexpected(expected: string, got: string): SourceDataError
  /** Lets go of the file before its end. */
  close(): Promise<void>
}

/** Line ends are LF or CRLF. */
export function textLines(chunks: AsyncIterable<Uint8Array>, options: WholeLinesOptions): TextLines {
  const { file } = options
  const lines = linesOf(chunks, options)
  let count = 0
  return {
    file,
    async next() {
      const { done, value } = await lines.next()
      if (done === true) return null
      count++
      return value
    },
    unexpected: (expected, got) =>
      new SourceDataError(`Cannot read ${file} line ${count}: expected ${expected}, got ${got}`),
    close: async () => {
      await lines.return()
    },
  }
}

async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  options: WholeLinesOptions,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  for await (const block of wholeLines(chunks, options)) {
    const lines = decoder.decode(block).split('\n')
    lines.pop() // a block ends with a line feed
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
  }
}
