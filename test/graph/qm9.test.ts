import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InterruptedError, SourceDataError } from '../../src/errors.ts'
import { openQm9 } from '../../src/graph/qm9.ts'
import { holdsQm9 } from '../../src/graph/qm9-files.ts'
import type { Molecule, Qm9Options } from '../../src/graph/qm9-types.ts'
import { fourMolecules, type Qm9Text, qm9Packed, writeQm9 } from '../support/qm9-files.ts'
import { zipOf } from './zip.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-qm9-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(path: string, options: Qm9Options = {}) {
  const dataset = await openQm9(path, options)
  const molecules: Molecule[] = []
  for await (const molecule of dataset.molecules()) molecules.push(molecule)
  return { molecules, report: dataset.report }
}

async function zipWith(entries: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const path = join(folder, 'some.zip')
  await writeFile(path, zipOf(entries))
  return path
}

/** `count` molecules of one atom each, with the numbers 1, 2, … */
function loneAtoms(count: number): Qm9Text {
  const numbers = Array.from({ length: count }, (_, i) => i + 1)
  const lines = (line: (id: number) => string) => numbers.map((id) => `${line(id)}\n`).join('')
  const [header = ''] = fourMolecules.properties.split('\n')
  return {
    properties: `${header}\n${lines((id) => `${id},C,1${',0'.repeat(15)}`)}`,
    graphs: lines((id) => `${id} C `),
    coordinates: lines((id) => `${id} 0 0 0`),
  }
}

describe('openQm9()', () => {
  it('hands over molecules with their targets, atoms, and bonds with distances', async () => {
    const { molecules } = await read(await writeQm9(folder))
    expect(molecules).toEqual([
      {
        id: 3,
        smiles: 'O',
        targets: {
          ...{ mu: 1.5, alpha: 2.5, homo: -0.25, lumo: 0.5, gap: 0.75, r2: 19, zpve: 0.021 },
          ...{ u0: -76.4, u298: -76.3, h298: -76.2, g298: -76.5, cv: 6 },
        },
        elements: ['O', 'H', 'H'],
        bonds: [
          { source: 0, target: 1, type: 'single', distance: 0.96 },
          { source: 0, target: 2, type: 'single', distance: 0.95 },
        ],
      },
      expect.objectContaining({
        id: 5,
        bonds: [
          { source: 0, target: 1, type: 'triple', distance: 1.15 },
          { source: 0, target: 2, type: 'single', distance: 1.07 },
        ],
      }),
      expect.objectContaining({ id: 9, elements: ['F'], bonds: [] }),
    ])
  })

  it('measures distances in space', async () => {
    // 2, 3 and 6 Angstrom along the axes: 7 in all.
    const coordinates = fourMolecules.coordinates.replace('3 0 0 0 9600 0 0', '3 -10000 0 0 10000 30000 -60000')
    const { molecules } = await read(await writeQm9(folder, { ...fourMolecules, coordinates }))
    expect(molecules[0]?.bonds[0]?.distance).toBeCloseTo(7, 12)
  })

  it('leaves out molecules without coordinates, and names them', async () => {
    const { report } = await read(await writeQm9(folder))
    expect(report).toEqual({ molecules: 3, atoms: 7, bonds: 4, listed: 4, withoutCoordinates: [8] })
  })

  it('finds the files in a folder, in QM9/ in it, and in a zip', async () => {
    const { molecules } = await read(await writeQm9(folder))
    const packed = qm9Packed(fourMolecules)
    const inFolder = Object.fromEntries(Object.entries(packed).map(([file, bytes]) => [`QM9/${file}`, bytes]))
    for (const path of [join(folder, 'QM9'), await zipWith(packed), await zipWith(inFolder)]) {
      expect(await holdsQm9(path)).toBe(true)
      expect((await read(path)).molecules).toEqual(molecules)
    }
    expect(await holdsQm9(await zipWith({ 'T_A.txt': '1, 2\n' }))).toBe(false)
  })

  it('takes a sample that is the same each time, and part of larger ones', async () => {
    const path = await writeQm9(folder, loneAtoms(100))
    const idsOf = async (options: Qm9Options) => (await read(path, options)).molecules.map(({ id }) => id)
    const ten = await idsOf({ limit: 10 })
    expect(ten).toHaveLength(10)
    expect(ten).toEqual(ten.toSorted((a, b) => a - b))
    expect(await idsOf({ limit: 10 })).toEqual(ten)
    expect(await idsOf({ limit: 20 })).toEqual(expect.arrayContaining(ten))
    expect(await idsOf({ limit: 10, randomSeed: 7 })).not.toEqual(ten)
    expect(await idsOf({ limit: 1000 })).toHaveLength(100)
    expect((await read(path, { limit: 10 })).report).toMatchObject({ molecules: 10, atoms: 10, listed: 100 })
  })

  it('tells how much of the files is read', async () => {
    const seen: (readonly [number, number])[] = []
    await openQm9(await writeQm9(folder), { onProgress: (...bytes) => seen.push(bytes) })
    const total = Object.values(qm9Packed(fourMolecules)).reduce((sum, { length }) => sum + length, 0)
    expect(seen.at(-1)).toEqual([total, total])
  })

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort()
    await expect(openQm9(await writeQm9(folder), { signal })).rejects.toBeInstanceOf(InterruptedError)
  })
})

describe('openQm9() refuses', () => {
  const { properties, graphs, coordinates } = fourMolecules
  const wrong: readonly (readonly [string, Partial<Qm9Text>, string])[] = [
    ['a missing column', { properties: properties.replace('zpve', 'z') }, 'qm9.csv.gz line 1: expected a column zpve'],
    ['an empty table', { properties: '' }, 'qm9.csv.gz line 0: expected a column index, got an empty file'],
    [
      'text for a target',
      { properties: properties.replace('1.5,2.5', 'x,2.5') },
      'line 2: expected a finite number, got "x"',
    ],
    [
      'a missing target',
      { properties: properties.replace('1.5,2.5', ',2.5') },
      'line 2: expected a finite number, got ""',
    ],
    [
      'a target beyond all numbers',
      { properties: properties.replace('1.5,', '1e999,') },
      'expected a finite number, got "1e999"',
    ],
    [
      'numbers that do not ascend',
      { properties: properties.replace('\n5,', '\n3,') },
      'qm9.csv.gz line 3: expected a number above 3, got 3',
    ],
    [
      'another order of graphs',
      { graphs: graphs.replace('5 CNH', '6 CNH') },
      'qm9_graphs.txt.gz line 2: expected molecule 5, got 6',
    ],
    [
      'another order of coordinates',
      { coordinates: coordinates.replace('8 NA', '7 NA') },
      'qm9_xyz.txt.gz line 3: expected molecule 8, got 7',
    ],
    [
      'an atom too few',
      { graphs: graphs.replace('OHH', 'OH') },
      'qm9_graphs.txt.gz line 1: expected bonds i,j,t with 0 <= i < j < 2 and t from 1 to 4, got 0,2,1',
    ],
    [
      'an atom too many',
      { graphs: graphs.replace('OHH', 'OHHH') },
      'qm9_graphs.txt.gz line 1: expected 3 atoms, got 4',
    ],
    [
      'a bond of an unknown type',
      { graphs: graphs.replace('0,1,3', '0,1,5') },
      'line 2: expected bonds i,j,t with 0 <= i < j < 3 and t from 1 to 4, got 0,1,5',
    ],
    ['a bond of an atom with itself', { graphs: graphs.replace('0,1,3', '1,1,3') }, 'got 1,1,3'],
    ['half a bond', { graphs: graphs.replace('0,1,3', '0') }, 'line 2: expected bonds'],
    [
      'a coordinate too few',
      { coordinates: coordinates.replace('9 7 7 7', '9 7 7') },
      'qm9_xyz.txt.gz line 4: expected 3 coordinates, or NA, got 2',
    ],
    [
      'a broken coordinate',
      { coordinates: coordinates.replace('9 7 7 7', '9 7 7 0.5') },
      'qm9_xyz.txt.gz line 4: expected a whole number, got "0.5"',
    ],
    [
      'a file that ends too early',
      { coordinates: coordinates.replace('9 7 7 7\n', '') },
      'qm9_xyz.txt.gz line 3: expected a line for each molecule of the other files, got no more after it',
    ],
  ]
  it.each(wrong)('%s', async (_name, change, message) => {
    const path = await writeQm9(folder, { ...fourMolecules, ...change })
    const failure = openQm9(path)
    await expect(failure).rejects.toBeInstanceOf(SourceDataError)
    await expect(failure).rejects.toThrow(message)
  })

  it('a folder that lacks a file, or has it twice', async () => {
    const path = await writeQm9(folder)
    await rm(join(path, 'QM9', 'qm9_xyz.txt.gz'))
    await expect(openQm9(path)).rejects.toThrow(`Cannot read ${path}: expected one qm9_xyz.txt.gz, got none`)
    await writeQm9(folder)
    await writeQm9(join(folder, 'QM9'))
    await rm(join(folder, 'QM9', 'QM9'), { recursive: true })
    await writeFile(join(folder, 'qm9.csv.gz'), '')
    await expect(openQm9(path)).rejects.toThrow('expected one qm9.csv.gz, got 2')
  })

  it('a file that is not packed, or cut off', async () => {
    const packed = qm9Packed(fourMolecules)
    const table = packed['qm9.csv.gz'] ?? new Uint8Array()
    for (const bytes of [Buffer.from('index,smiles\n'), table.subarray(0, table.length - 12)])
      await expect(openQm9(await zipWith({ ...packed, 'qm9.csv.gz': bytes }))).rejects.toThrow(
        /^Cannot read qm9\.csv\.gz: (incorrect header check|unexpected end of file)/,
      )
  })
})
