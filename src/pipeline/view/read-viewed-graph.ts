/** One scored graph with all that is shown of it: members, masks, relationships, prediction, where it came from. */
import type { Config } from '../../config/schema.ts'
import { SourceDataError } from '../../errors.ts'
import type { PropertyValue } from '../../graph/subgraph.ts'
import type { Database } from '../../neo4j/database.ts'
import { showModel } from '../../neo4j/model-catalogue.ts'
import { projectionReader } from '../../neo4j/reader-of-projection.ts'
import { modelReference } from '../../viewer/model-reference.ts'
import { partToShow } from '../../viewer/surroundings.ts'
import type { ViewedEdge, ViewedGraph, ViewedNode } from '../../viewer/viewed-graph.ts'
import { type MemberMasks, readStoredMasks, type StoredGraphMasks, shownKey } from '../masks.ts'
import { asTarget } from './as-target.ts'
import { membersQuery } from './members-query.ts'

/**
 * Members and masks as they were written, relationships as they are now. Of a graph of more than `mostNodes` nodes the part
 * around the highest masks.
 *
 * @throws SourceDataError where there is no such graph; SmgError where it has not been scored
 */
export async function readViewedGraph(
  database: Database,
  config: Config,
  key: string,
  mostNodes?: number,
): Promise<ViewedGraph> {
  const { projection, maskQuality, targetProperty } = config
  const stored = await readStoredMasks(database, config, key)
  const { masks } = stored
  const [edges, classes] = await Promise.all([
    relationshipsOf(database, config, stored),
    classesOf(database, masks.model),
  ])
  const truthProperty = maskQuality.truthProperty ?? null
  const part = partToShow(
    masks.members.map((member) => viewedNode(member, truthProperty)),
    edges,
    mostNodes,
  )
  return {
    projection: projection.name,
    key: masks.key,
    prediction: masks.prediction,
    probabilities: (masks.probabilities ?? []).map((probability, c) => ({ name: classes[c] ?? `${c}`, probability })),
    model: masks.model,
    runId: masks.runId,
    scoredAt: masks.scoredAt,
    targetProperty,
    target: asTarget(masks.target),
    truthProperty,
    nodeKey: projection.nodeKey,
    cypher: membersQuery(config, masks.members[0]?.masks.length ?? 0),
    nodeCount: masks.members.length,
    edgeCount: edges.length,
    ...part,
  }
}

function viewedNode({ key, labels, masks, properties }: MemberMasks, truthProperty: string | null): ViewedNode {
  const truth = truthProperty === null ? null : asTruth(properties[truthProperty])
  return { key: shownKey(key), labels, masks, properties, truth }
}

/** `null` for what says neither yes nor no. */
function asTruth(value: unknown): boolean | null {
  if (value === true || value === 1) return true
  return value === undefined || value === false || value === 0 ? false : null
}

/** Between the members that have masks or could have; those of others are left out. */
async function relationshipsOf(
  database: Database,
  { projection, relationshipTypeWeights }: Config,
  { key, masks }: StoredGraphMasks,
): Promise<readonly ViewedEdge[]> {
  // The user's own relationshipsQuery need not return a type.
  const withType = projection.kind !== 'cypher' || relationshipTypeWeights
  const wanted = { properties: [], weightProperty: null, withType, relationshipProperties: [] }
  const [row] = await projectionReader(database, projection).subgraphs([key], wanted)
  if (row?.problem !== undefined) throw new SourceDataError(row.problem)
  if (row === undefined) return []
  const places = new Map(masks.members.map((member, i) => [shownKey(member.key), i]))
  const placeOf = (value: PropertyValue | undefined) => places.get(shownKey(value ?? null))
  const types = withType ? (row.relationshipColumns[0] ?? []) : []
  return row.sources.flatMap((from, e) => {
    const [source, target, type] = [placeOf(from), placeOf(row.targets[e]), types[e]]
    if (source === undefined || target === undefined) return []
    return [{ source, target, type: typeof type === 'string' ? type : null }]
  })
}

/** In the order of probabilities; none where the catalog does not know the model any more. */
async function classesOf(database: Database, model: string): Promise<readonly string[]> {
  const [row] = await database.run(showModel, {}, modelReference(model))
  const classes = row?.model['classes']
  return Array.isArray(classes) ? classes.map(String) : []
}
