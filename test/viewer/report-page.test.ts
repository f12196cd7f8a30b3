import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { html } from '../../src/viewer/html.ts'
import { reportPage } from '../../src/viewer/report-page.ts'

const evil = '<img src="https://example.org/x.png" onerror="alert(1)">'
const page = reportPage({ title: evil, facts: [[evil, evil]], body: html`<p>${evil}</p>` })

describe('reportPage()', () => {
  it('allows nothing but its own style, by its hash', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? []
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    expect(page).not.toMatch(/<script| style=/)
  })

  it('shows markup in names as text', () => {
    expect(page).not.toContain('<img')
    expect(page.match(/&lt;img src=&quot;https:/g)).toHaveLength(5)
  })
})
