/** Houses and rings of five on random trees: the degree is the only feature. */
import { UndirectedGraph } from 'graphology'
import type { CausedGraph, MaskData } from './mask-data.ts'
import { type MotifGraph, motifGraphs } from './motif-graphs.ts'

const [seed, graphCount] = [2021, 600]

export function motifsData(): MaskData {
  return {
    name: 'motifs',
    model: { name: 'motifs', target: 'motif', variant: 'm-smg-jk', layers: 3, hidden: 32 },
    training: { epochs: 100, patience: 30, learningRate: 0.002 },
    graphs: motifGraphs(seed, graphCount).map(causedGraph),
  }
}

function causedGraph({ motif, edges, truth }: MotifGraph, g: number): CausedGraph {
  const graph = new UndirectedGraph()
  graph.setAttribute('motif', motif)
  for (const v of truth.keys()) graph.addNode(String(v))
  for (const [a, b] of edges) graph.addEdge(String(a), String(b))
  return {
    key: `motif ${String(g + 1).padStart(4, '0')}`,
    graph,
    label: motif === 'house' ? 1 : 0,
    cause: new Set(graph.filterNodes((node) => truth[Number(node)] === true)),
    nodeLabels: null,
  }
}
