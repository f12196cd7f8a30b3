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
  read(): Promise<AsyncIterable<Uint8Array>>
}

export interface SourceFiles {
  readonly files: readonly SourceFile[]
  close(): void
}

const readChunkBytes = 2 ** 20

/**
 * @param path a zip, the folder of the files, or a folder that holds them as NAME/ or NAME/raw/
 * @param isWanted told the name of each file, without its folder
 * @throws SourceDataError where there is nothing to read, or the zip is damaged
 */
export async function openSourceFiles(path: string, isWanted: (file: string) => boolean): Promise<SourceFiles> {
  const kind = await stat(path).catch((error: unknown) => {
    throw new SourceDataError(`Cannot read ${path}: ${messageOf(error)}`, { cause: error })
  })
  if (kind.isDirectory()) return { files: await filesInFolders(path, isWanted), close: () => undefined }
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    const message = `Cannot read ${path}: expected a folder or a whole zip archive, got ${messageOf(error)}`
    throw new SourceDataError(message, { cause: error })
  })
  try {
    return { files: await filesInZip(path, zip, isWanted), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
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
      const read = async () => createReadStream(join(folder, file), { highWaterMark: readChunkBytes })
      return { folder, file, bytes: size, read }
    }),
  )
}

async function filesInZip(path: string, zip: ZipFile, isWanted: (file: string) => boolean): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      const file = basename(entry.fileName)
      if (!isWanted(file) || entry.fileName.startsWith('__MACOSX/')) continue
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
