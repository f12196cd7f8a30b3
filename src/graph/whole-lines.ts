/** Cuts a stream of bytes into blocks that end with a line feed, so that a parser never sees half a line. */
import { messageOf, SmgError, SourceDataError, throwIfInterrupted } from '../errors.ts'

const LINE_FEED = 10
const LONGEST_LINE_BYTES = 16 * 2 ** 20

export interface WholeLinesOptions {
  /** Name for messages. */
  readonly file: string
  readonly signal?: AbortSignal | undefined
  /** Called with the length of each chunk that arrives. */
  readonly onBytes?: ((bytes: number) => void) | undefined
}

/**
 * The bytes of `chunks` in blocks of whole lines; a last line without line feed gets one, a byte order mark is dropped.
 *
 * @throws SourceDataError where the stream fails (a damaged zip) or a line is longer than 16 MiB
 */
export async function* wholeLines(
  chunks: AsyncIterable<Uint8Array>,
  options: WholeLinesOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let rest = new Uint8Array(0)
  let atStart = true
  try {
    for await (const chunk of chunks) {
      throwIfInterrupted(options.signal, `reading ${options.file}`)
      options.onBytes?.(chunk.length)
      const end = chunk.lastIndexOf(LINE_FEED) + 1
      if (end === 0) {
        rest = joined(rest, chunk)
        if (rest.length <= LONGEST_LINE_BYTES) continue
        throw new SourceDataError(`Cannot read ${options.file}: expected shorter lines, got one of over 16 MiB`)
      }
      const block = joined(rest, chunk.subarray(0, end))
      rest = joined(chunk.subarray(end))
      yield atStart ? withoutByteOrderMark(block) : block
      atStart = false
    }
  } catch (error) {
    if (error instanceof SmgError) throw error
    throw new SourceDataError(`Cannot read ${options.file}: ${messageOf(error)}`, { cause: error })
  }
  if (rest.length > 0) {
    const block = joined(rest, Uint8Array.of(LINE_FEED))
    yield atStart ? withoutByteOrderMark(block) : block
  }
}

/** A copy, so that no chunk is kept alive or written over by the stream. */
function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
