/** How a worker does a part of a scoring run, with nothing but what it is told and the database. */
import { SmgError } from '../errors.ts'
import { readJobConfig } from '../jobs/job-config.ts'
import type { PartControl } from '../jobs/work-engine.ts'
import type { TrainedModel } from '../model/model.ts'
import type { Database } from '../neo4j/database.ts'
import { lockOfFlow } from '../neo4j/lock-catalogue.ts'
import { modelOfVersion } from './current-model.ts'
import { createRunRecorder } from './run-recorder.ts'
import type { ScorePart } from './score-parts.ts'
import { type ScoredRange, scoreRange } from './score-range.ts'
import type { Source } from './source.ts'

export interface ScorePartControl extends PartControl {
  /** What the part belongs to. */
  readonly flowId: string
}

/** Scores parts one after the other, or several at a time; the model of the last part is kept for the next. */
export function partScorer(database: Database): (part: ScorePart, control: ScorePartControl) => Promise<ScoredRange> {
  let kept: { readonly name: string; readonly model: Promise<TrainedModel> } | undefined
  const modelOf = ({ config, modelVersion }: ScorePart): Promise<TrainedModel> => {
    const name = `${modelVersion} of ${config}`
    if (kept?.name !== name)
      kept = { name, model: modelOfVersion(database, readJobConfig(config, withPart), modelVersion) }
    const { model } = kept
    // One that could not be read may be there at the next attempt.
    model.catch(() => {
      if (kept?.model === model) kept = undefined
    })
    return model
  }
  return async (part, { flowId, signal, onProgress }) => {
    const { runId, scoredAt, summary, range } = part
    const config = readJobConfig(part.config, withPart)
    const model = await modelOf(part)
    const source: Source = { database, config, summary, range, signal }
    const options = { now: () => new Date(scoredAt), runId }
    const recorder = createRunRecorder(source, model, options)
    return scoreRange(source, {
      model,
      run: {
        // Before each page is written: a run that lost its lock has no business there any more.
        start: async () => {
          await requireLock(database, config.projection.name, flowId)
          await recorder.start()
        },
      },
      options: { ...options, signal, onProgress: (_phase, done) => onProgress(done) },
    })
  }
}

const withPart = { where: 'of a part of a run', remedy: 'use workers of the same version as the daemon' }

async function requireLock(database: Database, projection: string, flow: string): Promise<void> {
  const held = await database.run(lockOfFlow, {}, { projection, flow })
  if (held.length === 0)
    throw new SmgError(
      `Cannot go on with projection '${projection}': its run has ended, or another has taken its lock over; what was written so far is complete`,
    )
}
