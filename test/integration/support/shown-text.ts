/** Whether a command printed what a page shows of it. */
import { expect } from 'vitest'

const number = /\d+(?:,\d{3})*(?:\.\d+)?/g
const wordsOf = (line: string) => line.replaceAll(number, '#').replaceAll(/[ ─]+/g, ' ').trim()
const numbersOf = (line: string) => line.match(number) ?? []

/** Decimals may differ by this much: another processor rounds otherwise, and training goes its own way from there. */
const tolerance = 0.25

/** Every line of `shown` is a line of `printed`, with the same words and whole numbers, and with nearly the same decimals. */
export function expectShown(shown: string, printed: string): void {
  for (const line of shown.trimEnd().split('\n')) {
    const candidates = printed.split('\n').filter((each) => wordsOf(each) === wordsOf(line))
    const fits = candidates.some((candidate) => numbersFit(numbersOf(line), numbersOf(candidate)))
    expect({ line, isPrinted: fits, printed: fits ? '' : printed }).toEqual({ line, isPrinted: true, printed: '' })
  }
}

function numbersFit(shown: readonly string[], printed: readonly string[]): boolean {
  return shown.every((text, i) => {
    const [wanted, got] = [text, printed[i] ?? ''].map((each) => Number(each.replaceAll(',', '')))
    return text.includes('.') ? Math.abs((wanted ?? 0) - (got ?? Number.NaN)) <= tolerance : wanted === got
  })
}
