/** What a dry run finds that a sync would do. */
import type { Key } from '../graph/subgraph.ts'
import type { TrainedModel } from '../model/model.ts'
import { embeddingSize } from '../model/network-shape.ts'
import type { PlanRow } from '../neo4j/plan-catalogue.ts'
import { planIndexes } from '../write-back/indexes.ts'
import { storedVersions } from '../write-back/model-store.ts'
import { planPage } from '../write-back/plan-scores.ts'
import {
  merged,
  type PlannedWrite,
  type PlanOptions,
  plannedCatalogWrites,
  plannedScoreWrites,
  propertiesWritten,
  retractedCount,
  takenAway,
} from '../write-back/planned-writes.ts'
import { planRetraction } from '../write-back/retract.ts'
import type { ChangedGraph } from './changed-graphs.ts'
import type { Source } from './source.ts'

/** The part of a result that only a dry run has. */
export interface PlannedSync {
  /**
   * Scores, then what is taken back, model and run in the catalog, and indexes; without constraints, the lock, the job, the projection's
   * configuration, and the parts that hold files and changes.
   */
  readonly plannedWrites: readonly PlannedWrite[]
  /** The first 20 graphs that have no score, ascending. */
  readonly addedKeys: readonly Key[]
  /** The first 20 graphs whose fingerprint differs. */
  readonly changedKeys: readonly Key[]
}

export interface SyncPlan {
  /** Graphs that would be scored. */
  add(graphs: readonly ChangedGraph<unknown>[]): Promise<void>
  /**
   * @param model `null` where there is none: that of the configuration would be trained
   * @param isLeft whether anything may be left of graphs or members that are gone
   */
  end(
    model: TrainedModel | null,
    isLeft: boolean,
  ): Promise<PlannedSync & { retracted: number; nodePropertiesWritten: number }>
}

const keysShown = 20

export function createSyncPlan({ database, config, summary }: Source): SyncPlan {
  const { projection, writing, model: settings } = config
  const { prefix } = writing
  // A model that does not fit the configuration is refused, so these are its own.
  const { layers, task } = settings
  const options: PlanOptions = { projection, writing, layers, task, propertyKeys: summary.propertyKeys }
  const addedKeys: Key[] = []
  const changedKeys: Key[] = []
  const rows: PlanRow[] = []
  const seen = new Set<string>()
  let graphs = 0
  let members = 0
  return {
    add: async (page) => {
      if (page.length === 0) return
      rows.push(...(await planPage(database, page, options, seen)))
      graphs += page.length
      for (const { key, isNew, memberCount } of page) {
        members += memberCount
        const keys = isNew ? addedKeys : changedKeys
        if (keys.length < keysShown) keys.push(key)
      }
    },
    end: async (model, isLeft) => {
      const ofScores = plannedScoreWrites({ graphs, members, rows }, options)
      const gone = isLeft ? await planRetraction(database, projection, prefix) : []
      const inCatalog = await storedVersions(database, settings.modelName)
      const isNewModel = model === null || inCatalog.every(({ version }) => version !== model.version)
      return {
        plannedWrites: [
          ...merged([...ofScores, ...takenAway(gone, projection)]),
          ...(graphs > 0 ? plannedCatalogWrites(isNewModel) : []),
          ...(await planIndexes(database, projection, prefix, embeddingSize(settings))),
        ],
        addedKeys,
        changedKeys,
        retracted: retractedCount(rows, gone, options),
        nodePropertiesWritten: propertiesWritten(ofScores),
      }
    },
  }
}
