/**
 * Reads QM9 molecule by molecule, in bounded memory: the quantum-chemistry data set of Ramakrishnan et al. 2014
 * (doi:10.1038/sdata.2014.22), as a table of properties, one of atoms and bonds, and one of coordinates.
 */
import { throwIfInterrupted } from '../errors.ts'
import { findQm9Files, type Qm9Files, type Qm9Reading } from './qm9-files.ts'
import {
  coordinatesIn,
  graphIn,
  type MoleculeCoordinates,
  type MoleculeGraph,
  type MoleculeProperties,
  propertiesIn,
  propertyColumns,
} from './qm9-lines.ts'
import type { Molecule, Qm9, Qm9Options, Qm9Report } from './qm9-types.ts'
import { createRandom, shuffled } from './random.ts'
import type { TextLines } from './text-lines.ts'

export const defaultQm9Seed = 42
const unitsPerAngstrom = 10_000

/**
 * Opens the data set and checks all of it, so that the report is complete and no molecule is bad once the first is read.
 *
 * @param path a zip, the folder of the files, or a folder that holds them as QM9/
 * @throws SourceDataError naming file and line where the data is wrong
 * @throws InterruptedError when `options.signal` is aborted
 */
export async function openQm9(path: string, options: Qm9Options = {}): Promise<Qm9> {
  const files = await findQm9Files(path)
  const { chosen, report } = await surveyed(files, options)
  return { report, molecules: () => moleculesIn(files, chosen, options.signal) }
}

interface Survey {
  /** Numbers of the molecules to hand over. */
  readonly chosen: ReadonlySet<number>
  readonly report: Qm9Report
}

async function surveyed(files: Qm9Files, options: Qm9Options): Promise<Survey> {
  const { limit, randomSeed = defaultQm9Seed, signal, onProgress } = options
  let doneBytes = 0
  const onBytes = (bytes: number) => {
    doneBytes += bytes
    onProgress?.(doneBytes, files.bytes)
  }
  const sizes = new Map<number, { readonly atoms: number; readonly bonds: number }>()
  const withoutCoordinates: number[] = []
  for await (const { id, graph, coordinates } of records(files, { signal, onBytes })) {
    if (coordinates === null) withoutCoordinates.push(id)
    else sizes.set(id, { atoms: graph.elements.length, bonds: graph.bonds.length })
  }
  const all = [...sizes.keys()]
  const chosen = new Set(
    limit === undefined ? all : shuffled(all, createRandom(randomSeed, 'molecules')).slice(0, limit),
  )
  const total = { atoms: 0, bonds: 0 }
  for (const [id, { atoms, bonds }] of sizes) {
    if (!chosen.has(id)) continue
    total.atoms += atoms
    total.bonds += bonds
  }
  const listed = sizes.size + withoutCoordinates.length
  return { chosen, report: { molecules: chosen.size, ...total, listed, withoutCoordinates } }
}

async function* moleculesIn(
  files: Qm9Files,
  chosen: ReadonlySet<number>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Molecule, void, undefined> {
  for await (const { id, properties, graph, coordinates } of records(files, { signal })) {
    if (coordinates === null || !chosen.has(id)) continue
    const bonds = graph.bonds.map((bond) => ({ ...bond, distance: distance(coordinates, bond.source, bond.target) }))
    yield { id, smiles: properties.smiles, targets: properties.targets, elements: graph.elements, bonds }
  }
}

/** Between two atoms, in Angstrom. @param coordinates x, y and z of each atom, in 1e-4 Angstrom */
function distance(coordinates: readonly number[], a: number, b: number): number {
  const along = [0, 1, 2].map((axis) => (coordinates[3 * a + axis] ?? 0) - (coordinates[3 * b + axis] ?? 0))
  return Math.hypot(...along) / unitsPerAngstrom
}

/** What the three files say of one molecule. */
interface MoleculeRecord extends Pick<MoleculeCoordinates, 'id' | 'coordinates'> {
  readonly properties: MoleculeProperties
  readonly graph: MoleculeGraph
}

/** The three files side by side. @throws SourceDataError where they do not agree */
async function* records(files: Qm9Files, reading: Qm9Reading): AsyncGenerator<MoleculeRecord, void, undefined> {
  const opened = [
    await files.properties(reading),
    await files.graphs(reading),
    await files.coordinates(reading),
  ] as const
  const [propertyLines, graphLines, coordinateLines] = opened
  try {
    const columns = propertyColumns(await propertyLines.next(), propertyLines)
    let last = 0
    for (;;) {
      throwIfInterrupted(reading.signal, 'reading QM9')
      const line = await propertyLines.next()
      const graphLine = await graphLines.next()
      const coordinateLine = await coordinateLines.next()
      if (line === null && graphLine === null && coordinateLine === null) return
      const properties = propertiesIn(present(line, propertyLines), columns, propertyLines)
      const graph = graphIn(present(graphLine, graphLines), graphLines)
      const { coordinates, id } = coordinatesIn(present(coordinateLine, coordinateLines), coordinateLines)
      if (properties.id <= last) throw propertyLines.unexpected(`a number above ${last}`, String(properties.id))
      last = properties.id
      requireSame(properties, graph, { coordinates, id }, graphLines, coordinateLines)
      yield { id, properties, graph, coordinates }
    }
  } finally {
    await Promise.all(opened.map((lines) => lines.close()))
  }
}

function present(line: string | null, lines: TextLines): string {
  if (line === null) throw lines.unexpected('a line for each molecule of the other files', 'no more after it')
  return line
}

function requireSame(
  { id, atomCount }: MoleculeProperties,
  graph: MoleculeGraph,
  { id: coordinateId, coordinates }: MoleculeCoordinates,
  graphLines: TextLines,
  coordinateLines: TextLines,
): void {
  if (graph.id !== id) throw graphLines.unexpected(`molecule ${id}`, String(graph.id))
  if (coordinateId !== id) throw coordinateLines.unexpected(`molecule ${id}`, String(coordinateId))
  if (graph.elements.length !== atomCount)
    throw graphLines.unexpected(`${atomCount} atoms`, String(graph.elements.length))
  if (coordinates !== null && coordinates.length !== 3 * atomCount)
    throw coordinateLines.unexpected(`${3 * atomCount} coordinates, or NA`, String(coordinates.length))
}
