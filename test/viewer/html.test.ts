import { describe, expect, it } from 'vitest'
import { html } from '../../src/viewer/html.ts'

describe('html', () => {
  it('escapes text, wherever it stands, and leaves what is HTML already', () => {
    const name = `<b title="x">R&D's</b>`
    const bold = html`<b class="${'"'}">${name}</b>`
    expect(html`<p>${bold}${[1, ' < ', 2]}${null}</p>`.html).toBe(
      '<p><b class="&quot;">&lt;b title=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/b&gt;</b>1 &lt; 2</p>',
    )
  })
})
