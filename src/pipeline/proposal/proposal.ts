/** A configuration that a database suggests, with what speaks for it. */
import type { Suggestion } from '../../config/config-text.ts'
import type { ProposedFeature } from './feature-choice.ts'
import type { TargetCandidate } from './target-choice.ts'

/** As `smg.config.yaml` holds them. */
export type ProposedSettings = Readonly<{
  neo4j?: Readonly<Record<string, unknown>>
  projection: Readonly<Record<string, unknown>>
  featureProperties: readonly ProposedFeature[]
  targetProperty: string
  model: Readonly<Record<string, unknown>>
}>

export interface Proposal {
  readonly settings: ProposedSettings
  readonly graphCount: number
  readonly meanMembers: number
  readonly sampledGraphs: number
  readonly sampledMembers: number
  readonly target: TargetCandidate
  readonly otherTargets: readonly TargetCandidate[]
  /** A line for each member property that is no feature. */
  readonly leftOut: readonly string[]
  /** Whether constraints keep the keys unique; else they are so in the sample. */
  readonly keysByConstraint: { readonly graphKey: boolean; readonly nodeKey: boolean }
  /** Best first. */
  readonly alternatives: readonly Alternative[]
  readonly suggestions: readonly Suggestion[]
}

/** Other graphs that the database has. */
export interface Alternative {
  readonly graphLabel: string
  readonly membershipType: string
  readonly graphCount: number
  readonly nodeLabels: readonly string[]
  readonly targetProperty: string
}

/** What looked like graphs by its counts, and is none. */
export interface Rejected {
  readonly graphLabel: string
  readonly membershipType: string
  readonly reason: string
}
