/** Keeps the configuration of a projection in the catalog, so that a job that names the projection is done with it. */
import { jobConfigText } from '../jobs/job-config.ts'
import { recordProjection } from '../write-back/catalog.ts'
import type { Source } from './source.ts'

export async function saveConfiguration({ database, config }: Source, now: Date): Promise<void> {
  const { name, kind } = config.projection
  // Folders are looked up from where this runs.
  const text = jobConfigText(config, '.')
  await recordProjection(database, { name, kind, config: text, savedAt: now.toISOString() })
}
