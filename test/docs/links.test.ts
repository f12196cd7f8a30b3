/** Every link of README, docs/ and the other pages to something in the repository leads to a file, and to a heading of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/page-blocks.ts'

const pages = [
  'README.md',
  'CHANGELOG.md',
  'bench/reproduce/RESULTS.md',
  'fixtures/payment-rings/README.md',
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
]

/** The text of a page without its code. */
function proseOf(page: string): string {
  return readFileSync(join(repository, page), 'utf8').replaceAll(/^```.*?^```$/gms, '')
}

/** Anchors of headings as GitHub makes them. */
function anchorsIn(prose: string): string[] {
  const seen = new Map<string, number>()
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const before = seen.get(anchor) ?? 0
    seen.set(anchor, before + 1)
    return before === 0 ? anchor : `${anchor}-${before}`
  })
}

/** Links of a page that lead nowhere. */
function brokenLinks(page: string): string[] {
  return [...proseOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : posix.join(posix.dirname(page), path)
      if (!existsSync(join(repository, file))) return true
      return anchor !== undefined && !anchorsIn(proseOf(file)).includes(anchor)
    })
}

describe('a link', () => {
  it.each(pages)('of %s leads to a file, and to a heading of it', (page) => {
    expect(brokenLinks(page)).toEqual([])
  })

  it.each([
    ['Do the masks mean anything?', 'do-the-masks-mean-anything'],
    ['`training`', 'training'],
    ['Kind `property`', 'kind-property'],
    ['8. A schedule', '8-a-schedule'],
    ['[Unreleased]', 'unreleased'],
  ])('to the heading %s ends with #%s', (heading, anchor) => {
    expect(anchorsIn(`# ${heading}\n`)).toEqual([anchor])
  })

  it('to every page of docs/ is in its index', () => {
    const index = proseOf('docs/README.md')
    const missing = pages
      .filter((page) => page.startsWith('docs/') && page !== 'docs/README.md')
      .filter((page) => !index.includes(`](${page.slice('docs/'.length)})`))
    expect(missing).toEqual([])
  })
})
