/** Finds the text files of one TUDataset, in a folder or a zip, and opens them as streams. */
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import zlib from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { messageOf, SourceDataError } from '../errors.ts'

/** The NAME_*.txt files that are read. */
export const tuSuffixes = [
  'A',
  'graph_indicator',
  'graph_labels',
  'graph_attributes',
  'node_labels',
  'node_attributes',
  'edge_labels',
  'edge_attributes',
] as const
export type TuSuffix = (typeof tuSuffixes)[number]

export interface TuFile {
  /** Such as MUTAG_A.txt. */
  readonly file: string
  /** Size of the text. */
  readonly bytes: number
  read(): Promise<AsyncIterable<Uint8Array>>
}

export interface TuFiles {
  /** NAME. */
  readonly name: string
  readonly files: ReadonlyMap<TuSuffix, TuFile>
  close(): void
}

const textFile = new RegExp(`^(?<name>.+?)_(?<suffix>${tuSuffixes.join('|')})\\.txt$`)
const readChunkBytes = 2 ** 20

/**
 * @param path a zip, the folder of the text files, or a folder that holds them as NAME/ or NAME/raw/
 * @throws SourceDataError where there is no data set, more than one, a mandatory file missing, or the zip is damaged
 */
export async function openTuFiles(path: string): Promise<TuFiles> {
  const kind = await stat(path).catch((error: unknown) => {
    throw new SourceDataError(`Cannot read ${path}: ${messageOf(error)}`, { cause: error })
  })
  if (kind.isDirectory()) return { ...chosen(path, await filesInFolders(path)), close: () => undefined }
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    const message = `Cannot read ${path}: expected a folder or a whole zip archive, got ${messageOf(error)}`
    throw new SourceDataError(message, { cause: error })
  })
  try {
    return { ...chosen(path, await filesInZip(path, zip)), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

interface Found extends TuFile {
  readonly folder: string
}

/** The one data set among the files that were found. */
function chosen(path: string, found: readonly Found[]): Omit<TuFiles, 'close'> {
  const sets = new Map<string, { name: string; files: Map<TuSuffix, TuFile> }>()
  for (const entry of found) {
    const match = textFile.exec(entry.file)?.groups
    const suffix = tuSuffixes.find((candidate) => candidate === match?.['suffix'])
    const name = match?.['name']
    if (name === undefined || suffix === undefined) continue
    const key = `${entry.folder}/${name}`
    const set = sets.get(key) ?? { name, files: new Map() }
    sets.set(key, set)
    set.files.set(suffix, entry)
  }
  const candidates = [...sets.values()].filter(({ files }) => files.has('A') || files.has('graph_indicator'))
  const [set, ...others] = candidates
  if (set === undefined)
    throw new SourceDataError(
      `Cannot read ${path}: expected the text files of a TUDataset (NAME_A.txt, NAME_graph_indicator.txt, …), found none`,
    )
  if (others.length > 0) {
    const names = candidates.map(({ name }) => name).join(', ')
    throw new SourceDataError(`Cannot read ${path}: expected one data set, got ${names}; give the path of one of them`)
  }
  for (const suffix of ['A', 'graph_indicator'] as const)
    if (!set.files.has(suffix))
      throw new SourceDataError(`Cannot read ${path}: expected the file ${set.name}_${suffix}.txt, found none`)
  return set
}

async function filesInFolders(path: string): Promise<Found[]> {
  const inner = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const folders = [path, ...inner.flatMap(({ name }) => [join(path, name), join(path, name, 'raw')])]
  const found = await Promise.all(folders.map(filesInFolder))
  return found.flat()
}

async function filesInFolder(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch(() => [])
  const wanted = names.filter((name) => textFile.test(name))
  return Promise.all(
    wanted.map(async (file) => {
      const { size } = await stat(join(folder, file))
      const read = async () => createReadStream(join(folder, file), { highWaterMark: readChunkBytes })
      return { folder, file, bytes: size, read }
    }),
  )
}

async function filesInZip(path: string, zip: ZipFile): Promise<Found[]> {
  const found: Found[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      const file = basename(entry.fileName)
      if (!textFile.test(file) || entry.fileName.startsWith('__MACOSX/')) continue
      const read = async () => verified(await zip.openReadStreamPromise(entry), entry)
      found.push({ folder: dirname(entry.fileName), file, bytes: entry.uncompressedSize, read })
    }
  } catch (error) {
    throw new SourceDataError(`Cannot read ${path}: damaged zip archive (${messageOf(error)})`, { cause: error })
  }
  return found
}

/** yauzl checks the size of an entry but not its checksum. Node before 20.15 cannot compute it. */
async function* verified(stream: AsyncIterable<Uint8Array>, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
  const crc32 = 'crc32' in zlib ? zlib.crc32 : undefined
  let checksum = 0
  for await (const chunk of stream) {
    if (crc32 !== undefined) checksum = crc32(chunk, checksum)
    yield chunk
  }
  if (crc32 !== undefined && checksum !== entry.crc32)
    throw new SourceDataError(`Cannot read ${entry.fileName}: damaged zip archive (wrong checksum); download it again`)
}
