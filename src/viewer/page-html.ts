/** The viewer as one HTML document that needs nothing else: script, style and data are in it. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { SmgError } from '../errors.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'
import type { PageData } from './viewer-api.ts'

/** Made of src/viewer/page by scripts/build-page.mjs; the same place from the sources and from what is built of them. */
const built = new URL('../../dist/viewer/', import.meta.url)

export interface ViewerPage {
  readonly html: string
  /** What the page may load and whom it may ask, for the header of a server that serves it. */
  readonly contentSecurityPolicy: string
}

/** @throws SmgError where the page has not been built */
export async function viewerPage(data: PageData): Promise<ViewerPage> {
  const [script, style] = await Promise.all([builtFile('page.js'), builtFile('page.css')])
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    'img-src data:',
    `connect-src ${data.kind === 'server' ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><title>Masks</title><style>${verbatim(style)}</style></head><body>
<script type="application/json" id="smg-data">${verbatim(jsonInHtml(data))}</script>
<script>${verbatim(script)}</script></body></html>
`.html
  return { html: page, contentSecurityPolicy: policy }
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function verbatim(text: string): Html {
  return { html: text }
}

/** Nothing in it ends the element that it is in. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

async function builtFile(name: string): Promise<string> {
  const file = new URL(name, built)
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new SmgError(
      `Cannot show masks: expected the page of the viewer in ${file.pathname}, found none; run 'npm run build'`,
      {
        cause,
      },
    )
  }
}
