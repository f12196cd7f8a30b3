import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countStep, countTests, formatCounts, sumCounts } from '../../scripts/test-counts.mjs'

const directory = mkdtempSync(join(tmpdir(), 'smg-counts-'))
afterAll(() => rmSync(directory, { recursive: true }))

const report = join(directory, 'report.json')
writeFileSync(report, JSON.stringify({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 0 }))
const allPassed = join(directory, 'all-passed.json')
writeFileSync(allPassed, JSON.stringify({ numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }))

describe('countTests()', () => {
  it('reads the counts of the report', () => {
    expect(countTests(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 1 })
  })

  it('counts a run that failed outside of any test as one failure', () => {
    expect(countTests(allPassed, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 })
  })

  it('counts a run that left no report as one failure', () => {
    expect(countTests(join(directory, 'absent.json'), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

describe('formatCounts()', () => {
  it('gives the plain closing line over all steps', () => {
    const counts = [countStep(0), countStep(0), countTests(allPassed, 0)]
    expect(formatCounts(sumCounts(counts))).toBe('9 passed, 0 failed')
  })

  it('hides no skipped test', () => {
    expect(formatCounts(countTests(report, 1))).toBe('7 passed, 2 failed, 1 skipped')
  })
})
