/** `smg init`: looks at the schema of a database and proposes a configuration. Nothing is written to the database. */
import { configText } from '../config/config-text.ts'
import { parseConfig } from '../config/load.ts'
import type { Neo4jOptions } from '../config/schema.ts'
import { ConfigError, SourceDataError } from '../errors.ts'
import type { Database } from '../neo4j/database.ts'
import { proposeMembership } from './proposal/membership-proposal.ts'
import { noGraphs, unknownGraphLabel } from './proposal/nothing-found.ts'
import type { Alternative, ProposedSettings } from './proposal/proposal.ts'
import { commentsFor } from './proposal/proposal-comments.ts'
import { propertySamples } from './proposal/sampled-values.ts'
import { nodesSample } from './proposal/samples.ts'
import { sharedValueProperties } from './proposal/shared-values.ts'
import { type Survey, surveyDatabase } from './proposal/survey.ts'

export interface ProposeOptions {
  /** Label that the graph nodes shall have; otherwise the best one is chosen. */
  readonly graphLabel?: string | undefined
  /** Connection settings that the file shall hold. */
  readonly neo4j?: Partial<Neo4jOptions> | undefined
  readonly signal?: AbortSignal | undefined
}

export interface ConfigProposal {
  /** `smg.config.yaml` with comments. */
  readonly config: string
  readonly settings: ProposedSettings
  readonly graphCount: number
  /** Graphs that the proposal was made from. */
  readonly sampledGraphs: number
  /** Member properties that are no features, and why. */
  readonly leftOut: readonly string[]
  readonly alternatives: readonly Alternative[]
}

/**
 * Counts and bounded samples decide, so a database of any size takes seconds.
 *
 * @throws SourceDataError where nothing looks like graphs with something to learn: it says what was looked for and found;
 * ConfigError for a graph label that the database does not have
 */
export async function proposeConfig(database: Database, options: ProposeOptions = {}): Promise<ConfigProposal> {
  const { graphLabel, neo4j, signal } = options
  const survey = await surveyDatabase(database, signal)
  if (survey.labels.size === 0)
    throw new SourceDataError(
      `Cannot propose a configuration: expected graphs, got an empty database '${database.name}'; import some first`,
    )
  if (graphLabel !== undefined && !survey.labels.has(graphLabel))
    throw new ConfigError(unknownGraphLabel(graphLabel, survey))
  const { proposal, rejected } = await proposeMembership(database, survey, { graphLabel, signal })
  if (proposal === null)
    throw new SourceDataError(noGraphs(rejected, await sharedValues(database, survey, signal), graphLabel))
  const settings = { ...(neo4j !== undefined && Object.keys(neo4j).length > 0 && { neo4j }), ...proposal.settings }
  parseConfig(settings, 'that smg init proposes')
  return {
    config: configText(settings, commentsFor(proposal, { database: database.name, unusable: survey.unusable })),
    settings,
    graphCount: proposal.graphCount,
    sampledGraphs: proposal.sampledGraphs,
    leftOut: proposal.leftOut,
    alternatives: proposal.alternatives,
  }
}

const mostLabels = 20

/** "(:Person).communityId" and the like, of the most frequent labels. */
async function sharedValues(database: Database, survey: Survey, signal: AbortSignal | undefined): Promise<string[]> {
  const labels = [...survey.labels].sort(([, a], [, b]) => b - a).slice(0, mostLabels)
  const found: string[] = []
  for (const [label, count] of labels) {
    const samples = propertySamples(await nodesSample(database, { label, count }, signal))
    found.push(
      ...sharedValueProperties(samples.filter(({ name }) => !survey.isWritten(name))).map(
        (name) => `(:${label}).${name}`,
      ),
    )
  }
  return found
}
