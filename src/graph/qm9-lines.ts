/** What the lines of QM9's files say, as its FORMAT.txt describes them. */

import { type Bond, bondTypes, type Molecule, type Qm9Target, qm9Targets } from './qm9-types.ts'
import type { TextLines } from './text-lines.ts'

/** Columns of the CSV file that are read, by name. */
export interface PropertyColumns {
  readonly index: number
  readonly smiles: number
  readonly atomCount: number
  readonly targets: readonly (readonly [target: Qm9Target, column: number])[]
}

/** @throws SourceDataError naming a column that is not there */
export function propertyColumns(header: string | null, lines: TextLines): PropertyColumns {
  const names = header?.split(',') ?? []
  const columnOf = (name: string) => {
    const column = names.indexOf(name)
    if (column < 0) throw lines.unexpected(`a column ${name}`, header === null ? 'an empty file' : names.join(', '))
    return column
  }
  return {
    index: columnOf('index'),
    smiles: columnOf('smiles'),
    atomCount: columnOf('n_atoms'),
    targets: qm9Targets.map((target) => [target, columnOf(target)] as const),
  }
}

export interface MoleculeProperties extends Pick<Molecule, 'id' | 'smiles' | 'targets'> {
  readonly atomCount: number
}

/** A line of qm9.csv. @throws SourceDataError for what is no number */
export function propertiesIn(line: string, columns: PropertyColumns, lines: TextLines): MoleculeProperties {
  const cells = line.split(',')
  const number = (column: number, isWhole = false) => numberIn(cells[column] ?? '', isWhole, lines)
  const targets = { ...noTargets }
  for (const [target, column] of columns.targets) targets[target] = number(column)
  return {
    id: number(columns.index, true),
    smiles: cells[columns.smiles] ?? '',
    atomCount: number(columns.atomCount, true),
    targets,
  }
}

const noTargets: Record<Qm9Target, number> = {
  mu: 0,
  alpha: 0,
  homo: 0,
  lumo: 0,
  gap: 0,
  r2: 0,
  zpve: 0,
  u0: 0,
  u298: 0,
  h298: 0,
  g298: 0,
  cv: 0,
}

export interface MoleculeGraph {
  readonly id: number
  readonly elements: readonly string[]
  readonly bonds: readonly Omit<Bond, 'distance'>[]
}

/** A line of qm9_graphs.txt: `5 CNH 0,1,3;0,2,1`. @throws SourceDataError for bonds between atoms that are not there */
export function graphIn(line: string, lines: TextLines): MoleculeGraph {
  const [id = '', symbols = '', bonds = ''] = line.split(' ')
  const elements = [...symbols]
  return {
    id: numberIn(id, true, lines),
    elements,
    bonds: bonds === '' ? [] : bonds.split(';').map((bond) => bondIn(bond, elements.length, lines)),
  }
}

function bondIn(text: string, atomCount: number, lines: TextLines): Omit<Bond, 'distance'> {
  const [source = -1, target = -1, kind = -1] = text.split(',').map(Number)
  const type = bondTypes[kind - 1]
  const areAtoms = Number.isInteger(source) && Number.isInteger(target) && source >= 0 && target < atomCount
  if (!areAtoms || source >= target || type === undefined)
    throw lines.unexpected(`bonds i,j,t with 0 <= i < j < ${atomCount} and t from 1 to ${bondTypes.length}`, text)
  return { source, target, type }
}

export interface MoleculeCoordinates {
  readonly id: number
  /** x, y and z of each atom, in 1e-4 Angstrom; `null` where there are none. */
  readonly coordinates: readonly number[] | null
}

/** A line of qm9_xyz.txt: the number, then `NA`, or whole numbers. @throws SourceDataError for anything else */
export function coordinatesIn(line: string, lines: TextLines): MoleculeCoordinates {
  const [id = '', ...cells] = line.split(' ')
  const isWithout = cells.length === 1 && cells[0] === 'NA'
  return {
    id: numberIn(id, true, lines),
    coordinates: isWithout ? null : cells.map((cell) => numberIn(cell, true, lines)),
  }
}

const numberForm = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function numberIn(text: string, isWhole: boolean, lines: TextLines): number {
  const value = numberForm.test(text) ? Number(text) : Number.NaN
  if (isWhole ? !Number.isSafeInteger(value) : !Number.isFinite(value))
    throw lines.unexpected(isWhole ? 'a whole number' : 'a finite number', JSON.stringify(text))
  return value
}
