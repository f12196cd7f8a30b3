/** The code blocks of a page of README or docs/. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../../', import.meta.url))

export interface Block {
  /** `sh`, `cypher`, `yaml`, `text` or `ts`; empty for what is only shown. */
  readonly language: string
  readonly text: string
}

/** In the order of the page, which is named from the repository's root. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(repository, page), 'utf8')
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', inner = '']) => ({
    language,
    text: inner,
  }))
}

/** The lines of a `sh` block that do something, without their comments. */
export function commandsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** Words as a shell splits them, single quotes kept together. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
