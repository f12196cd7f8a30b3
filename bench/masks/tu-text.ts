/** Graphs as TUDataset text, and beside it the truth: one 0 or 1 a node, in the order of the nodes. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type MaskData, truthOf } from './mask-data.ts'

/** Contents by file name. */
export function tuText({ name, graphs }: Pick<MaskData, 'name' | 'graphs'>): Readonly<Record<string, string>> {
  const edges: string[] = []
  const indicator: string[] = []
  const labels: string[] = []
  const truth: string[] = []
  for (const [g, one] of graphs.entries()) {
    const { graph, nodeLabels } = one
    const nodes = graph.nodes()
    const number = new Map(nodes.map((node, v) => [node, indicator.length + v + 1]))
    graph.forEachEdge((_edge, _attributes, source, target) => {
      const [from, to] = [number.get(source), number.get(target)]
      edges.push(`${from}, ${to}`, `${to}, ${from}`)
    })
    for (const _node of nodes) indicator.push(`${g + 1}`)
    for (const row of nodeLabels ?? []) labels.push(row.join(', '))
    for (const isPart of truthOf(one, nodes)) truth.push(isPart ? '1' : '0')
  }
  const text = (lines: readonly string[]) => `${lines.join('\n')}\n`
  return {
    // Where a pays b and b pays a, the edge is one all the same.
    [`${name}_A.txt`]: text([...new Set(edges)]),
    [`${name}_graph_indicator.txt`]: text(indicator),
    [`${name}_graph_labels.txt`]: text(graphs.map(({ label }) => `${label}`)),
    ...(labels.length > 0 && { [`${name}_node_labels.txt`]: text(labels) }),
    [truthFile(name)]: text(truth),
  }
}

export function truthFile(name: string): string {
  return `${name}_truth.txt`
}

/** Writes the files to `folder`/NAME; the folder of NAME. */
export async function writeTuText(folder: string, data: Pick<MaskData, 'name' | 'graphs'>): Promise<string> {
  const own = join(folder, data.name)
  await mkdir(own, { recursive: true })
  for (const [file, content] of Object.entries(tuText(data))) await writeFile(join(own, file), content)
  return own
}
