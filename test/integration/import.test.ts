/** `smg import` on published data sets, where their zips lie beside the repository, and on small ones of its own. */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseConfig } from '../../src/config/load.ts'
import { InterruptedError } from '../../src/errors.ts'
import { check } from '../../src/pipeline/check.ts'
import { importDataset } from '../../src/pipeline/import-dataset.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { membershipOf } from '../support/membership-of.ts'
import { writeQm9 } from '../support/qm9-files.ts'
import { runSmg } from './support/run-smg.ts'
import { syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const mutag = join(data, 'MUTAG.zip')
const enzymes = join(data, 'ENZYMES.zip')

const place = workPlace()

async function rows(statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await place.database.query(statement, {})).rows
}

/** The configuration that an import wrote, with the few epochs of a test. */
function quickConfig(yaml: string) {
  const modelDirectory = join(place.folder, 'models')
  return parseConfig({ ...parse(yaml), modelDirectory, training: { epochs: 1 } }, 'smg.config.yaml')
}

/**
 * A data set of two graphs in TUDataset form: a triangle of class 7 with an edge twice, and a pair of class -2, whose third
 * node is isolated and has a self-loop.
 */
async function writeDataset(name: string): Promise<string> {
  const files = {
    A: '1, 2\n2, 1\n2, 3\n3, 2\n1, 3\n3, 1\n1, 3\n4, 5\n5, 4\n6, 6\n',
    graph_indicator: '1\n1\n1\n2\n2\n2\n',
    graph_labels: '7\n-2\n',
    node_labels: '0\n5\n0\n5\n5\n9\n',
    node_attributes: '0.5, 1\n0.25, 2\n0, 3\n1, 4\n1.5, 5\n2, 6\n',
    edge_labels: '0\n0\n1\n1\n2\n2\n2\n3\n3\n4\n',
  }
  for (const [suffix, text] of Object.entries(files)) await writeFile(join(place.folder, `${name}_${suffix}.txt`), text)
  return place.folder
}

describe('an import', () => {
  it('creates graphs, nodes and relationships with labels and attributes, and says what it dropped', async () => {
    const { config, ...result } = await importDataset(place.database, await writeDataset('TINY'), {})
    expect(result).toMatchObject({
      dataset: 'TINY',
      graphsCreated: 2,
      graphsAlreadyThere: 0,
      nodesCreated: 6,
      relationshipsCreated: 4,
      report: { graphs: 2, nodes: 6, edges: 4, edgeLines: 10, duplicateEdges: 1, selfLoops: 1, isolatedNodes: 1 },
    })
    expect(await rows('MATCH (g:Graph:TINY) RETURN g.graphId, g.label ORDER BY g.graphId')).toEqual([
      ['TINY-1', 7n],
      ['TINY-2', -2n],
    ])
    expect(
      await rows(
        'MATCH (n:Node)-[:PART_OF]->(g:Graph) RETURN n.nodeId, n.label, n.attributes, g.graphId ORDER BY n.nodeId',
      ),
    ).toEqual([
      ['TINY-1', 0n, [0.5, 1], 'TINY-1'],
      ['TINY-2', 5n, [0.25, 2], 'TINY-1'],
      ['TINY-3', 0n, [0, 3], 'TINY-1'],
      ['TINY-4', 5n, [1, 4], 'TINY-2'],
      ['TINY-5', 5n, [1.5, 5], 'TINY-2'],
      ['TINY-6', 9n, [2, 6], 'TINY-2'],
    ])
    expect(
      await rows('MATCH (a:Node)-[e:EDGE]->(b:Node) RETURN a.nodeId, b.nodeId, e.label ORDER BY a.nodeId, b.nodeId'),
    ).toEqual([
      ['TINY-1', 'TINY-2', 0n],
      ['TINY-1', 'TINY-3', 2n],
      ['TINY-2', 'TINY-3', 1n],
      ['TINY-4', 'TINY-5', 3n],
    ])
    expect(quickConfig(config)).toMatchObject({
      projection: { name: 'tiny', graphLabel: 'TINY', nodeLabels: ['Node'], orientation: 'UNDIRECTED' },
      featureProperties: [
        { property: 'label', encoding: 'oneHot' },
        { property: 'attributes', encoding: 'standardize' },
      ],
      model: { modelName: 'TINY' },
    })
  })

  it('takes other names, with anything in them', async () => {
    const names = {
      graphLabel: 'Fall `x`',
      nodeLabel: "Konto'; MATCH (n) DETACH DELETE n //",
      membershipType: 'TEIL VON',
      relationshipType: '🙂',
    }
    const { config } = await importDataset(place.database, await writeDataset('TINY'), { names })
    expect(await rows('MATCH (n)-[r]->(m) RETURN DISTINCT labels(n), type(r), labels(m) ORDER BY type(r)')).toEqual([
      [[names.nodeLabel], names.membershipType, [names.graphLabel]],
      [[names.nodeLabel], names.relationshipType, [names.nodeLabel]],
    ])
    const { graphLabel, nodeLabels, membershipType, relationshipTypes } = membershipOf(quickConfig(config))
    expect({ graphLabel, nodeLabels, membershipType, relationshipTypes }).toEqual({
      graphLabel: names.graphLabel,
      nodeLabels: [names.nodeLabel],
      membershipType: names.membershipType,
      relationshipTypes: [names.relationshipType],
    })
  })

  it('refuses the same label for graphs and nodes', async () => {
    const path = await writeDataset('TINY')
    for (const names of [{ nodeLabel: 'Graph' }, { nodeLabel: 'TINY' }, { nodeLabel: 'A', graphLabel: 'A' }])
      await expect(importDataset(place.database, path, { names })).rejects.toThrow(
        /^Cannot import TINY: expected different labels for graphs and nodes, got/,
      )
    expect(await rows('MATCH (n) RETURN n')).toEqual([])
  })

  it('writes a configuration where there is none, and leaves one that is there alone', async () => {
    const path = await writeDataset('TINY')
    const configPath = join(place.folder, 'smg.config.yaml')
    const first = await runSmg(['import', path, '--json'], { cwd: place.folder })
    expect(JSON.parse(first.stdout)).toMatchObject({ graphsCreated: 2, configWritten: 'smg.config.yaml' })
    await writeFile(configPath, `# mine\n${await readFile(configPath, 'utf8')}`)
    const second = await runSmg(['import', path], { cwd: place.folder })
    expect(second.stdout).toContain('Imported TINY: 0 graphs, 0 nodes, 0 relationships (2 graphs were there already)')
    expect(second.stdout).toContain('smg.config.yaml is there and was left alone.')
    expect(await readFile(configPath, 'utf8')).toMatch(/^# mine\n# TINY: 2 graphs, 6 nodes, 4 edges\./)
  })
})

describe('an import of QM9', () => {
  it('creates molecules with all their properties, atoms, and bonds with distances', async () => {
    const { config, ...result } = await importDataset(place.database, await writeQm9(place.folder), { target: 'homo' })
    expect(result).toMatchObject({
      dataset: 'QM9',
      graphsCreated: 3,
      nodesCreated: 7,
      relationshipsCreated: 4,
      report: { molecules: 3, listed: 4, withoutCoordinates: [8] },
    })
    expect(
      await rows(
        'MATCH (m:Molecule:QM9) RETURN m.moleculeId, m.smiles, m.mu, m.cv, size(keys(m)) ORDER BY m.moleculeId',
      ),
    ).toEqual([
      ['QM9-3', 'O', 1.5, 6, 14n],
      ['QM9-5', 'C#N', 2.5, 6.25, 14n],
      ['QM9-9', '[F]', 0, 3, 14n],
    ])
    expect(
      await rows('MATCH (a:Atom)-[:PART_OF]->(m:Molecule) RETURN m.moleculeId, a.atomId, a.element ORDER BY a.atomId'),
    ).toEqual([
      ['QM9-3', 'QM9-3-0', 'O'],
      ['QM9-3', 'QM9-3-1', 'H'],
      ['QM9-3', 'QM9-3-2', 'H'],
      ['QM9-5', 'QM9-5-0', 'C'],
      ['QM9-5', 'QM9-5-1', 'N'],
      ['QM9-5', 'QM9-5-2', 'H'],
      ['QM9-9', 'QM9-9-0', 'F'],
    ])
    expect(
      await rows('MATCH (a)-[b:BOND]->(c) RETURN a.atomId, c.atomId, b.bondType, b.distance ORDER BY b.distance'),
    ).toEqual([
      ['QM9-3-0', 'QM9-3-2', 'single', 0.95],
      ['QM9-3-0', 'QM9-3-1', 'single', 0.96],
      ['QM9-5-0', 'QM9-5-2', 'single', 1.07],
      ['QM9-5-0', 'QM9-5-1', 'triple', 1.15],
    ])
    expect(quickConfig(config)).toMatchObject({ targetProperty: 'homo', model: { task: 'regression', layers: 3 } })
  })

  it('says what it left out, and writes a configuration that a sync can use', async () => {
    const run = (...words: string[]) => runSmg(words, { cwd: place.folder })
    const imported = await run('import', await writeQm9(place.folder), '--limit', '3')
    expect(imported.stdout).toContain('Left out: 1 of 4 molecules, which have no coordinates (QM9-8).')
    expect(imported.stdout).toContain('3 of 3 molecules, a sample with randomSeed 42.')
    const { config } = await importDataset(place.database, place.folder, {})
    const result = await sync(place.database, quickConfig(config), syncOptions('qm9'))
    expect(result).toMatchObject({ graphCount: 3, nodeCount: 7, scored: 3, failed: 0 })
    expect(
      await rows(
        'MATCH (m:QM9) WHERE m.smgModel STARTS WITH "QM9-mu:" AND m.smgPrediction IS NOT NULL RETURN count(m)',
      ),
    ).toEqual([[3n]])
  })

  it('refuses a property that QM9 has not', async () => {
    const { stderr, code } = await runSmg(['import', 'QM9.zip', '--target', 'mass'], { cwd: place.folder })
    expect(stderr).toContain('Allowed choices are mu, alpha, homo')
    expect(code).toBe(2)
  })
})

/** Numbers of graphs, nodes and relationships between them. */
async function countsOf(label: string): Promise<number[]> {
  const [row = []] = await rows(
    `MATCH (g:${label})
     OPTIONAL MATCH (g)<-[:PART_OF]-(n)
     RETURN count(DISTINCT g), count(n), sum(COUNT { (n)-[:EDGE]->() })`,
  )
  return row.map(Number)
}

describe.runIf(existsSync(mutag))('MUTAG', () => {
  it('is imported once, however often it is asked for', async () => {
    const first = await importDataset(place.database, mutag, {})
    expect(first).toMatchObject({ graphsCreated: 188, nodesCreated: 3371, relationshipsCreated: 3721 })
    expect(await countsOf('MUTAG')).toEqual([188, 3371, 3721])
    const second = await importDataset(place.database, mutag, {})
    expect(second).toMatchObject({
      graphsCreated: 0,
      graphsAlreadyThere: 188,
      nodesCreated: 0,
      relationshipsCreated: 0,
    })
    expect(await countsOf('MUTAG')).toEqual([188, 3371, 3721])
  })

  it('lives beside another data set, and is synced with a mask of each layer for each node', async () => {
    await importDataset(place.database, await writeDataset('TINY'), {})
    const { config } = await importDataset(place.database, mutag, {})
    expect(await countsOf('TINY')).toEqual([2, 6, 4])
    expect(await countsOf('Graph')).toEqual([190, 3377, 3725])
    const options = quickConfig(config)
    const result = await sync(place.database, options, syncOptions('mutag'))
    expect(result).toMatchObject({ graphCount: 188, nodeCount: 3371, scored: 188, failed: 0 })
    expect(
      await rows(
        `MATCH (n:Node)-[:PART_OF]->(:MUTAG)
         WHERE all(mask IN [n.smgMaskLayer1, n.smgMaskLayer2, n.smgMaskLayer3] WHERE 0 < mask < 1)
         RETURN count(n)`,
      ),
    ).toEqual([[3371n]])
    expect(await rows('MATCH (g:TINY) WHERE g.smgPrediction IS NOT NULL RETURN g')).toEqual([])
    expect(await sync(place.database, options, syncOptions('again'))).toMatchObject({
      unchanged: 188,
      nodePropertiesWritten: 0,
    })
  })
})

describe.runIf(existsSync(enzymes))('ENZYMES', () => {
  it('is completed by a second import when the first was interrupted', async () => {
    const controller = new AbortController()
    const done: number[] = []
    const interrupted = importDataset(place.database, enzymes, {
      signal: controller.signal,
      onProgress: (phase, graphs) => {
        if (phase !== 'import') return
        done.push(graphs)
        controller.abort()
      },
    })
    await expect(interrupted).rejects.toBeInstanceOf(InterruptedError)
    const [half = 0] = await countsOf('ENZYMES')
    expect(done).toEqual([half])
    expect(half).toBeGreaterThan(0)
    const rest = await importDataset(place.database, enzymes, {})
    expect(rest).toMatchObject({ graphsAlreadyThere: half, graphsCreated: 600 - half })
    expect(await countsOf('ENZYMES')).toEqual([600, 19580, 37282])
  })

  it('has attributes and labels as features, and six classes', async () => {
    const { config } = await importDataset(place.database, enzymes, {})
    const result = await check(place.database, quickConfig(config), {})
    expect(result).toMatchObject({
      graphCount: 600,
      classes: ['1', '2', '3', '4', '5', '6'],
      // Three node labels and 18 attributes.
      featureCount: 21,
    })
  })
})
