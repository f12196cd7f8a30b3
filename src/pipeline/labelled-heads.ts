/** The graphs of a projection that have a target. */
import type { GraphProblem } from '../graph/graph-problem.ts'
import type { GraphHead } from '../neo4j/catalogue.ts'
import { graphHeads, headProblems, type Source, throwProblems } from './source.ts'

/** In ascending key order. @throws SourceDataError naming graphs that cannot be read */
export async function labelledHeads(source: Source): Promise<GraphHead[]> {
  const labelled: GraphHead[] = []
  const problems: GraphProblem[] = []
  for await (const head of graphHeads(source)) {
    problems.push(...headProblems([head]))
    if (head.target !== null) labelled.push(head)
  }
  throwProblems(problems)
  return labelled
}
