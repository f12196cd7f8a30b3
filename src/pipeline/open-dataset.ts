/** Opens a data set of any form that is known, told by the files that are there. */
import { ConfigError } from '../errors.ts'
import { holdsQm9 } from '../graph/qm9-files.ts'
import type { DatasetOptions, StoredDataset } from './stored-dataset.ts'
import { storedQm9 } from './stored-qm9.ts'
import { storedTuDataset } from './stored-tudataset.ts'

/**
 * @param path zip or folder in TUDataset form, or with the files of QM9
 * @throws SourceDataError naming file and line; ConfigError for options that are of QM9 alone
 */
export async function openDataset(path: string, options: DatasetOptions): Promise<StoredDataset> {
  if (await holdsQm9(path)) return storedQm9(path, options)
  for (const option of ['limit', 'randomSeed', 'target'] as const)
    if (options[option] !== undefined)
      throw new ConfigError(
        `Cannot use ${path}: expected the files of QM9 with the option ${option}, got others; leave the option out`,
      )
  return storedTuDataset(path, options)
}
