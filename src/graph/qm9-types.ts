/** What the QM9 reader hands over: plain data, no database and no tensors. */

/** Properties to learn, in the order in which most work numbers them. */
export const qm9Targets = [
  'mu',
  'alpha',
  'homo',
  'lumo',
  'gap',
  'r2',
  'zpve',
  'u0',
  'u298',
  'h298',
  'g298',
  'cv',
] as const
export type Qm9Target = (typeof qm9Targets)[number]

export const bondTypes = ['single', 'double', 'triple', 'aromatic'] as const
export type BondType = (typeof bondTypes)[number]

/** Between two atoms by their places, source < target. */
export interface Bond {
  readonly source: number
  readonly target: number
  readonly type: BondType
  /** Between the two atoms, in Angstrom. */
  readonly distance: number
}

export interface Molecule {
  /** The number of QM9 (dsgdb9nsd), from 1. */
  readonly id: number
  readonly smiles: string
  /** mu D, alpha bohr^3, r2 bohr^2, cv cal/(mol K), the others Hartree. */
  readonly targets: Readonly<Record<Qm9Target, number>>
  /** Symbol of each atom, hydrogens included. */
  readonly elements: readonly string[]
  readonly bonds: readonly Bond[]
}

/** What is handed over and what is not; complete before the first molecule is read. */
export interface Qm9Report {
  readonly molecules: number
  readonly atoms: number
  readonly bonds: number
  /** Molecules in the files. */
  readonly listed: number
  /** Numbers of the molecules that have no coordinates; they are left out. */
  readonly withoutCoordinates: readonly number[]
}

/** A data set that is whole. */
export interface Qm9 {
  readonly report: Qm9Report
  /** In ascending order of their numbers; may be asked for again. */
  molecules(): AsyncIterable<Molecule>
}

export interface Qm9Options {
  /** How many molecules: a sample of those with coordinates. That of a smaller limit is part of it. Default: all */
  readonly limit?: number | undefined
  /** Of the sample. Default: 42 */
  readonly randomSeed?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Called while all of the files is read and checked: bytes so far, all bytes. */
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined
}
