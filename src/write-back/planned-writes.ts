/** What a sync would write, item by item: from what a dry run has counted. */
import { graphNodesOf, madeMembershipType, makesMemberships, memberLabelsOf } from '../config/graph-nodes.ts'
import type { Config, Projection } from '../config/schema.ts'
import type { PlanRow } from '../neo4j/plan-catalogue.ts'
import { writtenProperties } from './properties.ts'
import { maskPlaces, type PropertyOptions } from './score-rows.ts'

/** A property that is set or removed, or nodes, relationships and indexes that are created or deleted. */
export interface PlannedWrite {
  readonly action: 'create' | 'set' | 'remove' | 'delete'
  readonly on: 'graphNode' | 'member' | 'membership' | 'catalog' | 'index'
  /** Whose, as in Cypher: "(:Case)", "(:Account|Device)", "[:MEMBER_OF]"; "()" for members of any label. */
  readonly pattern: string
  /** `null` where nodes or relationships are created or deleted. */
  readonly property: string | null
  readonly count: number
}

/** Graphs to score, with their members, and what the database says about them. */
export interface ScoringPlan {
  readonly graphs: number
  readonly members: number
  readonly rows: readonly PlanRow[]
}

export interface PlanOptions extends PropertyOptions {
  readonly task: Config['model']['task']
}

/** Properties of the graph node that a score of another task has. */
export function absentProperties(prefix: string, task: PlanOptions['task']): string[] {
  const { probability, probabilities } = writtenProperties(prefix)
  return task === 'regression' ? [probability, probabilities] : []
}

/** What writing the scores would do. */
export function plannedScoreWrites({ graphs, members, rows }: ScoringPlan, options: PlanOptions): PlannedWrite[] {
  const { projection, writing, task } = options
  const written = writtenProperties(writing.prefix)
  const absent = absentProperties(writing.prefix, task)
  const { prediction, probability, probabilities, embedding, model, runId, scoredAt, fingerprint } = written
  const ofGraphs = [prediction, probability, probabilities, embedding, model, runId, scoredAt, fingerprint]
  const { maskProperties, membershipMaskProperties } = maskPlaces([], options)
  const kept = countOf(rows, 'kept')
  const memberships = makesMemberships(projection) ? members : kept
  const patterns = patternsOf(projection)
  const writes = (on: keyof typeof patterns, action: PlannedWrite['action'], properties: Properties, count: number) =>
    properties.map((property): PlannedWrite => ({ action, on, pattern: patterns[on], property, count }))
  return merged([
    ...writes('graphNode', 'create', [null], countOf(rows, 'missing')),
    ...writes('graphNode', 'set', ['projection', 'key'], countOf(rows, 'missing')),
    ...writes('graphNode', 'set', without(ofGraphs, absent), graphs),
    ...(makesMemberships(projection) ? writes('membership', 'create', [null], members - kept) : []),
    ...(makesMemberships(projection) ? writes('membership', 'set', ['projection'], members - kept) : []),
    ...writes('member', 'set', maskProperties, members),
    ...writes('membership', 'set', membershipMaskProperties, memberships),
    ...takenAway(rows, projection),
  ])
}

/** What is removed and deleted, of these rows. */
export function takenAway(rows: readonly PlanRow[], projection: Projection): PlannedWrite[] {
  const patterns = patternsOf(projection)
  return rows.flatMap(({ place, property, count }): PlannedWrite[] => {
    switch (place) {
      case 'graphNode':
      case 'member':
      case 'membership':
        return [{ action: 'remove', on: place, pattern: patterns[place], property, count }]
      case 'former':
        return [{ action: 'delete', on: 'membership', pattern: patterns.membership, property: null, count }]
      case 'made':
        return [{ action: 'delete', on: 'graphNode', pattern: patterns.graphNode, property: null, count }]
      default:
        return []
    }
  })
}

/** A run's node, its model's where that has none yet, and what ties them. */
export function plannedCatalogWrites(isNewModel: boolean): PlannedWrite[] {
  return ['(:SmgRun)', '[:USED_MODEL]', '[:OF]', ...(isNewModel ? ['(:SmgModel)'] : [])].map((pattern) => ({
    action: 'create',
    on: 'catalog',
    pattern,
    property: null,
    count: 1,
  }))
}

/** Former members: memberships that we made, of the graphs to score and of those that are gone, or nodes and memberships with masks. */
export function retractedCount(
  ofScored: readonly PlanRow[],
  ofGone: readonly PlanRow[],
  { projection, writing }: PropertyOptions,
): number {
  if (makesMemberships(projection)) return countOf(ofScored, 'former') + countOf(ofGone, 'former')
  const firstMask = writtenProperties(writing.prefix).maskLayer(1)
  const masked = ofGone.filter(({ property }) => property === firstMask)
  return countOf(masked, 'member') + countOf(masked, 'membership')
}

/** As the server would count them. */
export function propertiesWritten(writes: readonly PlannedWrite[]): number {
  return writes.reduce((sum, { property, count }) => sum + (property === null ? 0 : count), 0)
}

/** One item for each action, pattern and property; none without anything to do. */
export function merged(writes: readonly PlannedWrite[]): PlannedWrite[] {
  const sums = new Map<string, PlannedWrite>()
  for (const write of writes) {
    const { action, on, pattern, property } = write
    const key = JSON.stringify([action, on, pattern, property])
    sums.set(key, { ...write, count: write.count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()].filter(({ count }) => count > 0)
}

type Properties = readonly (string | null)[]

function patternsOf(projection: Projection) {
  const labels = memberLabelsOf(projection)
  return {
    graphNode: `(:${graphNodesOf(projection).graphLabel})`,
    member: labels.length === 0 ? '()' : `(:${labels.join('|')})`,
    membership: `[:${projection.kind === 'membership' ? projection.membershipType : madeMembershipType}]`,
  }
}

function countOf(rows: readonly PlanRow[], wanted: PlanRow['place']): number {
  return rows.reduce((sum, { place, count }) => sum + (place === wanted ? count : 0), 0)
}

function without(names: readonly string[], left: readonly string[]): string[] {
  return names.filter((name) => !left.includes(name))
}
