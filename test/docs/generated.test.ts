import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { unexplainedKeys } from '../../scripts/docs/configuration-page.ts'
import { generatedPages } from '../../scripts/docs/generated-pages.ts'
import { parseConfig } from '../../src/config/load.ts'
import { blocksOf } from '../support/page-blocks.ts'

describe('a page that is made from the code', () => {
  it.each(generatedPages().map(({ file, text }) => [file, text] as const))(
    '%s is what the code gives now; else run: npm run docs',
    (file, text) => {
      expect(readFileSync(file, 'utf8')).toBe(text())
    },
  )

  it('shows a configuration with every key that is one', () => {
    const [block] = blocksOf('docs/configuration.md').filter(({ language }) => language === 'yaml')
    const shown = parse(block?.text ?? '')
    const { featureProperties, ...settings } = parseConfig(shown, 'docs/configuration.md')
    expect(settings).toEqual(Object.fromEntries(Object.entries(shown).filter(([name]) => name !== 'featureProperties')))
    expect(featureProperties.map(({ property }) => property)).toEqual(['kind', 'shareForwarded'])
  })

  it('explains every key of the configuration', () => {
    expect(unexplainedKeys()).toEqual([])
  })

  it('shows every export of the library once, functions with parentheses, and no bodies', () => {
    const [page = ''] = generatedPages().flatMap(({ file, text }) => (file === 'docs/api.md' ? [text()] : []))
    expect(page).toContain(
      '\n### loadModel()\n\nLoads a version of the model `name`, by default the latest.\n\nThrows ModelFileError as',
    )
    expect(page).toContain(
      "\n```ts\nasync function loadModel(directory: string, name: string, version = 'latest'): Promise<TrainedModel>\n```\n",
    )
    const titles = [...page.matchAll(/^### (.*)$/gm)].map(([, title]) => title)
    expect(titles.length).toBe(new Set(titles).size)
  })
})
