/** The reader on QM9 as published, where its zip lies beside the repository. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openQm9 } from '../../src/graph/qm9.ts'

const path = fileURLToPath(new URL('../../../shared/data/QM9.zip', import.meta.url))

describe.runIf(existsSync(path))('openQm9()', () => {
  it('reads QM9 whole, and methane as its files list it', async () => {
    const dataset = await openQm9(path)
    // 2,359,210 atoms in qm9.csv, less those of the two molecules without coordinates.
    expect(dataset.report).toEqual({
      molecules: 130_829,
      atoms: 2_359_173,
      bonds: 2_440_317,
      listed: 130_831,
      withoutCoordinates: [133_857, 133_859],
    })
    for await (const { id, smiles, targets, elements, bonds } of dataset.molecules()) {
      expect([id, smiles, elements.join('')]).toEqual([1, 'C', 'CHHHH'])
      expect(targets).toMatchObject({ mu: 0, alpha: 13.21, homo: -0.3877, zpve: 0.044749, cv: 6.469 })
      // C at (-127, 10858, 80), the first H at (22, -60, 20), in 1e-4 Angstrom.
      expect(bonds[0]).toEqual({ source: 0, target: 1, type: 'single', distance: Math.hypot(149, 10918, 60) / 1e4 })
      expect(bonds).toHaveLength(4)
      break
    }
  })
})
