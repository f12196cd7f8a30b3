/** The graphs of a projection that have a target, read whole, to evaluate on. */
import type { GraphProblem } from '../../graph/graph-problem.ts'
import type { SubgraphTable } from '../../graph/rows.ts'
import { labelledHeads } from '../labelled-heads.ts'
import { type Source, sourcePagesOf, throwProblems } from '../source.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'

/** @throws SourceDataError naming the graphs that cannot be used */
export async function readProjectionGraphs(
  source: Source,
  onRead?: (done: number, total: number) => void,
): Promise<LabelledGraphs> {
  const labelled = await labelledHeads(source)
  const problems: GraphProblem[] = []
  const graphs: SubgraphTable[] = []
  for await (const page of sourcePagesOf(source, labelled)) {
    problems.push(...page.problems)
    graphs.push(...page.graphs.map(({ table }) => table))
    onRead?.(graphs.length, labelled.length)
  }
  throwProblems(problems)
  return { config: source.config, graphs }
}
