/**
 * `npm test`: sets everything up, then runs the checks in order and stops at the first that fails. Arguments go to vitest:
 * `npm test -- test/graph`. The last line is `N passed, N failed` over all steps that ran.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { runNode } from './run.mjs'
import { countStep, countTests, formatCounts, sumCounts } from './test-counts.mjs'

/** @typedef {import('./test-counts.mjs').Counts} Counts */
/** @typedef {{ readonly title: string, readonly run: () => Promise<Counts> }} Step */

const vitestArgs = process.argv.slice(2)
const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome')
const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
// What runs in a browser sees other globals.
const typeProjects = ['tsconfig.json', join('src', 'viewer', 'page'), 'tsconfig.browser.json']
const vitest = join('node_modules', 'vitest', 'vitest.mjs')

await bootstrap()
const reports = mkdtempSync(join(tmpdir(), 'smg-test-'))
try {
  process.exitCode = await runSteps([
    { title: 'Formatting and lint', run: async () => countStep(await runNode(biome, 'ci', '.')) },
    ...typeProjects.map((project) => ({
      title: `Types: ${project}`,
      run: async () => countStep(await runNode(tsc, '--noEmit', '-p', project)),
    })),
    { title: 'Unit tests', run: () => runVitest('unit') },
    { title: 'Integration tests', run: () => runVitest('integration') },
  ])
} finally {
  rmSync(reports, { recursive: true, force: true })
}

/**
 * @param {readonly Step[]} steps
 * @returns {Promise<number>} the exit code
 */
async function runSteps(steps) {
  /** @type {Counts[]} */
  const counts = []
  for (const { title, run } of steps) {
    console.log(`\n== ${title}`)
    const count = await run()
    counts.push(count)
    if (count.failed > 0) {
      console.log(`\nFailed: ${title}`)
      break
    }
  }
  const sum = sumCounts(counts)
  console.log(`\n${formatCounts(sum)}`)
  return sum.failed > 0 ? 1 : 0
}

/** @param {string} project */
async function runVitest(project) {
  const report = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // Paths given on the command line may all be of the other project.
  const filters = vitestArgs.length > 0 ? ['--passWithNoTests', ...vitestArgs] : []
  return countTests(report, await runNode(vitest, 'run', '--project', project, ...reporters, ...filters))
}
