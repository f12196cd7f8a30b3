#!/usr/bin/env node
// In the repository the command runs from its TypeScript source, in the installed package from what was built of it.
import { existsSync } from 'node:fs'

const source = new URL('../src/cli/main.ts', import.meta.url)
const built = new URL('../dist/cli/main.js', import.meta.url)

const runsFromSource = existsSync(source)
if (runsFromSource) {
  const { register } = await import('tsx/esm/api')
  register()
}
const { main } = await import((runsFromSource ? source : built).href)
process.exitCode = await main(process.argv.slice(2))
