/** Headless Chromium of the system's packages, and what a page in it did. */
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { debianProgram } from '../../../scripts/debian-program.ts'

/** There is no graphics card: WebGL is done by software. The sandbox needs rights that containers lack. */
const flags = ['--no-sandbox', '--headless=new', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

export async function startChromium(): Promise<Browser> {
  const { command, env } = await debianProgram({ name: 'chromium', file: 'usr/lib/chromium/chromium' })
  return puppeteer.launch({ executablePath: command, args: flags, env: { ...process.env, ...env } })
}

export interface WatchedPage {
  readonly page: Page
  /** Console errors and warnings, uncaught errors, dialogs; none is what a good page has. */
  readonly complaints: readonly string[]
  /** Addresses that were asked, but for those inside of the page itself. */
  readonly requests: readonly string[]
}

export async function watchedPage(browser: Browser): Promise<WatchedPage> {
  const page = await browser.newPage()
  const [complaints, requests]: [string[], string[]] = [[], []]
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    dialog.dismiss().catch(() => undefined)
  })
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url())
  })
  return { page, complaints, requests }
}
