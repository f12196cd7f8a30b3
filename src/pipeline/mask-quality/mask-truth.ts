/** Reads which members of graphs are a part of the cause, to compare masks with. */
import { SourceDataError } from '../../errors.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import type { GraphProblem } from '../../graph/graph-problem.ts'
import type { SubgraphTable } from '../../graph/rows.ts'
import { type Key, keyText } from '../../graph/subgraph.ts'
import type { MaskTruth } from '../../model/mask-quality/mask-quality.ts'
import { collectProblem, type Source, sourcePagesOf, throwProblems } from '../source.ts'
import { nodeTruth } from './node-truth.ts'

/** @throws SourceDataError naming graphs and members whose property says neither yes nor no */
export async function readMaskTruth(
  source: Source,
  graphs: readonly EncodedGraph[],
  property: string,
): Promise<MaskTruth> {
  const heads = graphs.map(({ key }) => ({ key, target: null, fingerprint: null }))
  const found = new Map<Key, ReadonlyMap<Key, boolean>>()
  const problems: GraphProblem[] = []
  for await (const page of sourcePagesOf(readingAlone(source, property), heads)) {
    problems.push(...page.problems)
    for (const { head, table } of page.graphs)
      collectProblem(problems, head.key, () => found.set(head.key, truthOfMembers(table, property)))
  }
  throwProblems(problems)
  return { property, nodes: graphs.map((graph) => graph.nodeKeys.map((member) => truthOf(graph.key, member, found))) }
}

/** Of the members this property, of relationships none. */
function readingAlone(source: Source, property: string): Source {
  const { config } = source
  return {
    ...source,
    config: {
      ...config,
      featureProperties: [{ property, encoding: 'none' }],
      relationshipWeightProperty: undefined,
      relationshipTypeWeights: false,
      relationshipFeatureProperties: [],
    },
  }
}

function truthOfMembers({ key: graph, members, memberColumns }: SubgraphTable, property: string): Map<Key, boolean> {
  const values = memberColumns[0] ?? []
  const setting = 'maskQuality.truthProperty'
  return new Map(
    members.map((node, v) => [
      node,
      nodeTruth(values[v] ?? null, { property, holder: 'member', node, graph, setting }),
    ]),
  )
}

function truthOf(graph: Key, member: Key, found: ReadonlyMap<Key, ReadonlyMap<Key, boolean>>): boolean {
  const isPart = found.get(graph)?.get(member)
  if (isPart === undefined)
    throw new SourceDataError(
      `Cannot compare masks: graph ${keyText(graph)} was changed while it was read; run the command again`,
    )
  return isPart
}
