import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/errors.ts'
import { readDatasetGraphs } from '../../../src/pipeline/evaluate/dataset-graphs.ts'
import { writeQm9 } from '../../support/qm9-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-dataset-'))
  // An edge between two nodes of label 5 and 6, of class 1; a node alone of label 5, of class 2.
  const files = {
    A: '1, 2\n2, 1\n',
    graph_indicator: '1\n1\n2\n',
    graph_labels: '1\n2\n',
    node_labels: '5\n6\n5\n',
    node_attributes: '0.5\n1.5\n2.5\n',
    edge_labels: '9\n9\n',
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `MINI_${name}.txt`), text)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('readDatasetGraphs()', () => {
  it('reads what a sync reads after an import, under the same names', async () => {
    const { config, graphs } = await readDatasetGraphs(folder)
    expect(config).toMatchObject({ targetProperty: 'label', model: { modelName: 'MINI' } })
    expect(config.featureProperties).toEqual([
      { property: 'label', encoding: 'oneHot' },
      { property: 'attributes', encoding: 'standardize' },
    ])
    expect(graphs).toEqual([
      {
        key: 'MINI-1',
        target: 1n,
        members: ['MINI-1', 'MINI-2'],
        memberColumns: [
          [5n, 6n],
          [[0.5], [1.5]],
        ],
        sources: Int32Array.of(0),
        targets: Int32Array.of(1),
        relationshipColumns: [],
      },
      {
        key: 'MINI-2',
        target: 2n,
        members: ['MINI-3'],
        memberColumns: [[5n], [[2.5]]],
        sources: Int32Array.of(),
        targets: Int32Array.of(),
        relationshipColumns: [],
      },
    ])
  })

  it('takes other features, also of relationships, and another model', async () => {
    const { config, graphs } = await readDatasetGraphs(folder, {
      featureProperties: ['label'],
      relationshipFeatureProperties: [{ property: 'label', encoding: 'oneHot' }],
      model: { hidden: 8 },
    })
    expect(config.model).toMatchObject({ modelName: 'MINI', hidden: 8 })
    expect(graphs[0]).toMatchObject({ memberColumns: [[5n, 6n]], relationshipColumns: [[9n]] })
  })

  it('reads QM9 with the bonds as relationships, and the target that is asked for', async () => {
    const path = await writeQm9(join(folder, 'other'))
    const { config, graphs } = await readDatasetGraphs(path, {}, { target: 'alpha' })
    expect(config).toMatchObject({
      targetProperty: 'alpha',
      relationshipFeatureProperties: [
        { property: 'bondType', encoding: 'oneHot' },
        { property: 'distance', encoding: 'standardize' },
      ],
      model: { modelName: 'QM9-alpha', task: 'regression', variant: 'm-smg-jk' },
    })
    expect(graphs.map(({ key, target }) => [key, target])).toEqual([
      ['QM9-3', 2.5],
      ['QM9-5', 12],
      ['QM9-9', 1],
    ])
    expect(graphs[1]).toEqual({
      key: 'QM9-5',
      target: 12,
      members: ['QM9-5-0', 'QM9-5-1', 'QM9-5-2'],
      memberColumns: [['C', 'N', 'H']],
      sources: Int32Array.of(0, 0),
      targets: Int32Array.of(1, 2),
      relationshipColumns: [
        ['triple', 'single'],
        [1.15, 1.07],
      ],
    })
  })

  it('refuses options of QM9 for other data', async () => {
    await expect(readDatasetGraphs(folder, {}, { limit: 5 })).rejects.toThrow(
      `Cannot use ${folder}: expected the files of QM9 with the option limit, got others; leave the option out`,
    )
  })

  it('refuses settings that do not fit', async () => {
    await expect(readDatasetGraphs(folder, { model: { hidden: 0 } })).rejects.toThrow(ConfigError)
  })
})
