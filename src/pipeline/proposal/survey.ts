/** What a database holds, from counts and bounded samples: labels, relationship types and what they join, unique keys. */
import { throwIfInterrupted } from '../../errors.ts'
import { indexes, schemaNames } from '../../neo4j/catalogue.ts'
import type { Database } from '../../neo4j/database.ts'
import { isQuotable } from '../../neo4j/identifiers.ts'
import { nodeCount, relationshipCount, sampleEnds } from '../../neo4j/survey-catalogue.ts'
import { sampleWindows } from './sample-windows.ts'
import { isOwnLabel, writtenNames } from './written-names.ts'

/** Relationships of `type` lead from nodes with one set of labels to nodes with another. */
export interface Ends {
  readonly type: string
  readonly source: readonly string[]
  readonly target: readonly string[]
}

export interface Survey {
  /** Nodes by label; without the product's own labels, and those that no node has. */
  readonly labels: ReadonlyMap<string, number>
  /** Relationships by type; without types that no relationship has. */
  readonly relationshipTypes: ReadonlyMap<string, number>
  readonly ends: readonly Ends[]
  /** Whether a constraint keeps the property unique under the label. */
  readonly isUnique: (label: string, property: string) => boolean
  /** Whether the product wrote the property. */
  readonly isWritten: (property: string) => boolean
  /** Names that cannot stand in a statement, and are left out. */
  readonly unusable: readonly string[]
}

const windows = { count: 8, size: 100 }

export async function surveyDatabase(database: Database, signal?: AbortSignal): Promise<Survey> {
  const [names = { labels: [], relationshipTypes: [], propertyKeys: [] }] = await database.run(schemaNames, {}, {})
  const unusable = [...names.labels, ...names.relationshipTypes].filter((name) => !isQuotable(name))
  const labels = new Map<string, number>()
  for (const label of names.labels.filter((name) => isQuotable(name) && !isOwnLabel(name))) {
    throwIfInterrupted(signal, 'looking at the schema')
    const [row] = await database.run(nodeCount, { label }, {})
    if (row !== undefined && row.count > 0) labels.set(label, row.count)
  }
  const relationshipTypes = new Map<string, number>()
  const ends: Ends[] = []
  for (const type of names.relationshipTypes.filter(isQuotable)) {
    throwIfInterrupted(signal, 'looking at the schema')
    const [row] = await database.run(relationshipCount, { relationshipType: type }, {})
    if (row === undefined || row.count === 0) continue
    relationshipTypes.set(type, row.count)
    for (const window of sampleWindows(row.count, windows))
      for (const { source, target } of await database.run(sampleEnds, { relationshipType: type }, window))
        ends.push({ type, source, target })
  }
  const unique = new Set(
    (await database.run(indexes, {}, {}))
      .filter(({ owningConstraint, properties }) => owningConstraint !== null && properties.length === 1)
      .flatMap(({ labels: of, properties }) => of.map((label) => JSON.stringify([label, properties[0]]))),
  )
  return {
    labels,
    relationshipTypes,
    ends,
    isUnique: (label, property) => unique.has(JSON.stringify([label, property])),
    isWritten: writtenNames(names.propertyKeys),
    unusable,
  }
}
