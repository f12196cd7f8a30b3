/** Finds the text files of one TUDataset, in a folder or a zip. */
import { SourceDataError } from '../errors.ts'
import { type SourceFile, sourceFiles } from './source-files.ts'

/** The NAME_*.txt files that are read. */
export const tuSuffixes = [
  'A',
  'graph_indicator',
  'graph_labels',
  'graph_attributes',
  'node_labels',
  'node_attributes',
  'edge_labels',
  'edge_attributes',
] as const
export type TuSuffix = (typeof tuSuffixes)[number]

export interface TuFiles {
  /** NAME. */
  readonly name: string
  readonly files: ReadonlyMap<TuSuffix, SourceFile>
}

const textFile = new RegExp(`^(?<name>.+?)_(?<suffix>${tuSuffixes.join('|')})\\.txt$`)

/**
 * @param path a zip, the folder of the text files, or a folder that holds them as NAME/ or NAME/raw/
 * @throws SourceDataError where there is no data set, more than one, a mandatory file missing, or the zip is damaged
 */
export async function findTuFiles(path: string): Promise<TuFiles> {
  const found = await sourceFiles(path, (file) => textFile.test(file))
  const sets = new Map<string, { name: string; files: Map<TuSuffix, SourceFile> }>()
  for (const entry of found) {
    const match = textFile.exec(entry.file)?.groups
    const suffix = tuSuffixes.find((candidate) => candidate === match?.['suffix'])
    const name = match?.['name']
    if (name === undefined || suffix === undefined) continue
    const key = `${entry.folder}/${name}`
    const set = sets.get(key) ?? { name, files: new Map() }
    sets.set(key, set)
    set.files.set(suffix, entry)
  }
  const candidates = [...sets.values()].filter(({ files }) => files.has('A') || files.has('graph_indicator'))
  const [set, ...others] = candidates
  if (set === undefined)
    throw new SourceDataError(
      `Cannot read ${path}: expected the text files of a TUDataset (NAME_A.txt, NAME_graph_indicator.txt, …), found none`,
    )
  if (others.length > 0) {
    const names = candidates.map(({ name }) => name).join(', ')
    throw new SourceDataError(`Cannot read ${path}: expected one data set, got ${names}; give the path of one of them`)
  }
  for (const suffix of ['A', 'graph_indicator'] as const)
    if (!set.files.has(suffix))
      throw new SourceDataError(`Cannot read ${path}: expected the file ${set.name}_${suffix}.txt, found none`)
  return set
}
