/** The files of a folder or a zip, opened as streams. */
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import zlib from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { messageOf, SourceDataError } from '../errors.ts'

export interface SourceFile {
  /** The one it lies in, as a path or within the zip. */
  readonly folder: string
  /** Its name there, such as MUTAG_A.txt. */
  readonly file: string
  /** Its size, unpacked from the zip. */
  readonly bytes: number
  /** Opens it when the first bytes are asked for. */
  read(): AsyncIterable<Uint8Array>
}

const readChunkBytes = 2 ** 20

/**
 * @param path a zip, the folder of the files, or a folder that holds them as NAME/ or NAME/raw/
 * @param isWanted told the name of each file, without its folder
 * @throws SourceDataError where there is nothing to read, or the zip is damaged
 */
export async function sourceFiles(path: string, isWanted: (file: string) => boolean): Promise<SourceFile[]> {
  const kind = await stat(path).catch((error: unknown) => {
    throw new SourceDataError(`Cannot read ${path}: ${messageOf(error)}`, { cause: error })
  })
  return kind.isDirectory() ? filesInFolders(path, isWanted) : filesInZip(path, isWanted)
}

async function filesInFolders(path: string, isWanted: (file: string) => boolean): Promise<SourceFile[]> {
  const inner = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const folders = [path, ...inner.flatMap(({ name }) => [join(path, name), join(path, name, 'raw')])]
  const found = await Promise.all(folders.map((folder) => filesInFolder(folder, isWanted)))
  return found.flat()
}

async function filesInFolder(folder: string, isWanted: (file: string) => boolean): Promise<SourceFile[]> {
  const names = await readdir(folder).catch(() => [])
  return Promise.all(
    names.filter(isWanted).map(async (file) => {
      const { size } = await stat(join(folder, file))
      const read = () => createReadStream(join(folder, file), { highWaterMark: readChunkBytes })
      return { folder, file, bytes: size, read }
    }),
  )
}

async function filesInZip(path: string, isWanted: (file: string) => boolean): Promise<SourceFile[]> {
  const zip = await openZip(path).catch((error: unknown) => {
    const message = `Cannot read ${path}: expected a folder or a whole zip archive, got ${messageOf(error)}`
    throw new SourceDataError(message, { cause: error })
  })
  const found: SourceFile[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      const file = basename(entry.fileName)
      if (!isWanted(file) || entry.fileName.startsWith('__MACOSX/')) continue
      const read = () => verifiedEntry(path, entry)
      found.push({ folder: dirname(entry.fileName), file, bytes: entry.uncompressedSize, read })
    }
  } catch (error) {
    throw new SourceDataError(`Cannot read ${path}: damaged zip archive (${messageOf(error)})`, { cause: error })
  } finally {
    zip.close()
  }
  return found
}

function openZip(path: string): Promise<ZipFile> {
  return openPromise(path, { lazyEntries: true, autoClose: false })
}

/**
 * Opens the zip anew: yauzl 3.4 fails outside of anybody's reach when one of several streams that share a file is ended early.
 * It checks the size of an entry but not its checksum. Node before 20.15 cannot compute it.
 */
async function* verifiedEntry(path: string, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
  const crc32 = 'crc32' in zlib ? zlib.crc32 : undefined
  const zip = await openZip(path)
  let checksum = 0
  try {
    const stream: AsyncIterable<Uint8Array> = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      if (crc32 !== undefined) checksum = crc32(chunk, checksum)
      yield chunk
    }
  } finally {
    zip.close()
  }
  if (crc32 !== undefined && checksum !== entry.crc32)
    throw new SourceDataError(`Cannot read ${entry.fileName}: damaged zip archive (wrong checksum); download it again`)
}
