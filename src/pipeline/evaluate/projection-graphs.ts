/** The graphs of a projection that have a target, read whole, to evaluate on. */
import type { GraphProblem } from '../../graph/graph-problem.ts'
import type { SubgraphTable } from '../../graph/rows.ts'
import type { GraphHead } from '../../neo4j/catalogue.ts'
import { graphHeads, headProblems, type Source, sourcePagesOf, throwProblems } from '../source.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'

/** @throws SourceDataError naming the graphs that cannot be used */
export async function readProjectionGraphs(
  source: Source,
  onRead?: (done: number, total: number) => void,
): Promise<LabelledGraphs> {
  const problems: GraphProblem[] = []
  const labelled: GraphHead[] = []
  for await (const head of graphHeads(source)) {
    problems.push(...headProblems([head]))
    if (head.target !== null) labelled.push(head)
  }
  throwProblems(problems)
  const graphs: SubgraphTable[] = []
  for await (const page of sourcePagesOf(source, labelled)) {
    problems.push(...page.problems)
    graphs.push(...page.graphs.map(({ table }) => table))
    onRead?.(graphs.length, labelled.length)
  }
  throwProblems(problems)
  return { config: source.config, graphs }
}
