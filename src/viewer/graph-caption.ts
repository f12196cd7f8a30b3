/** What is written above a drawn graph: which it is, what was predicted by what, how much of it is there. */
import type { ViewedGraph } from './viewed-graph.ts'

export type MaskCaption = readonly { readonly text: string; readonly isTitle: boolean }[]

/** Width of a letter of the captions, on average. */
const letterWidth = 6

/** @param width room for a line; what does not fit goes on in the next one */
export function graphCaption(graph: ViewedGraph, width: number): MaskCaption {
  const { key, model, runId, scoredAt, targetProperty, target, nodeCount, edgeCount, hops, nodes } = graph
  const counts = `${counted(nodeCount, 'node')}, ${counted(edgeCount, 'relationship')}`
  const part =
    hops === null
      ? counts
      : `${counts}; drawn: ${counted(nodes.length, 'node')}, the highest masks and what is within ${hops} hops`
  const facts = [
    `predicted ${predictionText(graph)}`,
    `${targetProperty}: ${target === null ? 'not known' : shown(target)}`,
    `model ${model}`,
    ...(runId === null ? [] : [`run ${runId}`]),
    ...(scoredAt === null ? [] : [scoredAt]),
    part,
  ]
  return [
    { text: `Graph ${key}`, isTitle: true },
    ...inLines(facts, width / letterWidth).map((text) => ({ text, isTitle: false })),
  ]
}

function predictionText({ prediction, probabilities }: ViewedGraph): string {
  const probability = probabilities.find(({ name }) => name === prediction)?.probability
  return `${shown(prediction)}${probability === undefined ? '' : ` (${probability.toFixed(2)})`}`
}

function shown(value: string | number | boolean): string {
  return typeof value === 'number' ? Number(value.toPrecision(5)).toString() : String(value)
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

const between = ' · '

function inLines(facts: readonly string[], mostLetters: number): readonly string[] {
  const lines: string[] = []
  for (const fact of facts) {
    const longer = [...lines.slice(-1), fact].join(between)
    if (lines.length > 0 && longer.length <= mostLetters) lines[lines.length - 1] = longer
    else lines.push(fact)
  }
  return lines
}
