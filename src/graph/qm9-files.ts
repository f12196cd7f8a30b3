/** Finds the three files of QM9, in a folder or a zip, and opens them as lines of text. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { SourceDataError } from '../errors.ts'
import { type SourceFile, sourceFiles } from './source-files.ts'
import { type TextLines, textLines } from './text-lines.ts'
import type { WholeLinesOptions } from './whole-lines.ts'

/** Each has a line for every molecule, in the same order; the first has one with the names of its columns before. */
const names = ['qm9.csv.gz', 'qm9_graphs.txt.gz', 'qm9_xyz.txt.gz'] as const

export type Qm9Reading = Pick<WholeLinesOptions, 'signal' | 'onBytes'>

export interface Qm9Files {
  /** Of all three, as they are packed. */
  readonly bytes: number
  readonly properties: (reading: Qm9Reading) => TextLines
  readonly graphs: (reading: Qm9Reading) => TextLines
  readonly coordinates: (reading: Qm9Reading) => TextLines
}

/** Whether a folder or a zip holds a file of QM9. @throws SourceDataError where there is nothing to read */
export async function holdsQm9(path: string): Promise<boolean> {
  const found = await sourceFiles(path, isOfQm9)
  return found.length > 0
}

/**
 * @param path a zip, the folder of the files, or a folder that holds them as QM9/
 * @throws SourceDataError where one of them is missing or there twice, or the zip is damaged
 */
export async function findQm9Files(path: string): Promise<Qm9Files> {
  const found = await sourceFiles(path, isOfQm9)
  const [properties, graphs, coordinates] = [
    theOne(path, found, names[0]),
    theOne(path, found, names[1]),
    theOne(path, found, names[2]),
  ]
  return {
    bytes: properties.bytes + graphs.bytes + coordinates.bytes,
    properties: (reading) => unpackedLines(properties, reading),
    graphs: (reading) => unpackedLines(graphs, reading),
    coordinates: (reading) => unpackedLines(coordinates, reading),
  }
}

function isOfQm9(file: string): boolean {
  return names.some((name) => name === file)
}

function theOne(path: string, files: readonly SourceFile[], name: string): SourceFile {
  const [found, ...others] = files.filter(({ file }) => file === name)
  if (found === undefined || others.length > 0)
    throw new SourceDataError(
      `Cannot read ${path}: expected one ${name}, got ${others.length > 0 ? others.length + 1 : 'none'}; QM9 is the files ${names.join(', ')}`,
    )
  return found
}

function unpackedLines({ file, read }: SourceFile, { signal, onBytes }: Qm9Reading): TextLines {
  return textLines(unpacked(read(), onBytes), { file, signal })
}

async function* unpacked(
  packed: AsyncIterable<Uint8Array>,
  onBytes: Qm9Reading['onBytes'],
): AsyncGenerator<Uint8Array, void, undefined> {
  const gunzip = createGunzip()
  // Whatever fails comes out of the stream that is read.
  const fed = pipeline(Readable.from(counted(packed, onBytes)), gunzip).catch(() => undefined)
  yield* gunzip
  await fed
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: Qm9Reading['onBytes'],
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    onBytes?.(chunk.length)
    yield chunk
  }
}
