/**
 * Files that tell whether they are whole: the SHA-256 of all that follows in hexadecimal, a line feed, then the content. One appears
 * in one step, complete: it is written beside its place, then renamed.
 */
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sha256 } from './manifest.ts'

/** Rejects with the error of the file system. */
export async function writeChecked(file: string, content: Uint8Array): Promise<void> {
  const draft = draftOf(file)
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(`${sha256(content)}\n`)
    await handle.writeFile(content)
    // Else a machine that loses its power may have the new name, and not what is in the file.
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

/** The content of a file of these bytes; `null` where it is damaged. */
export function checkedContent(bytes: Buffer): Buffer | null {
  const contentAt = bytes.indexOf(lineFeed) + 1
  const content = bytes.subarray(contentAt)
  return bytes.toString('latin1', 0, Math.max(0, contentAt - 1)) === sha256(content) ? content : null
}

/** Where a file is while it is written. */
export function draftOf(file: string): string {
  return `${file}.saving`
}

const lineFeed = 0x0a
