/** A data set in TUDataset form: rings of 4 to 6 nodes (class 1) and chains (class 0), half of each. */

/** @returns the path of each file, and its text */
export function ringsAndChains(name: string, graphs: number): Record<string, string> {
  const lines: Record<string, string[]> = { A: [], graph_indicator: [], graph_labels: [], node_labels: [] }
  let first = 1
  for (let graph = 1; graph <= graphs; graph++) {
    const size = 4 + (graph % 3)
    const isRing = graph > graphs / 2
    lines['graph_labels']?.push(isRing ? '1' : '0')
    for (let v = 0; v < size; v++) {
      lines['graph_indicator']?.push(`${graph}`)
      lines['node_labels']?.push(`${(graph + v) % 3}`)
      const [a, b] = [first + v, first + ((v + 1) % size)]
      if (v < size - 1 || isRing) lines['A']?.push(`${a}, ${b}`, `${b}, ${a}`)
    }
    first += size
  }
  return Object.fromEntries(
    Object.entries(lines).map(([suffix, text]) => [`${name}/${name}_${suffix}.txt`, `${text.join('\n')}\n`]),
  )
}
