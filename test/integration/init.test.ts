/** `smg init` on the sample, on an import, and on a database of another shape: what it proposes passes check and sync. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadSample, readSample } from '../../fixtures/payment-rings/load.ts'
import { parseConfig } from '../../src/config/load.ts'
import { check } from '../../src/pipeline/check.ts'
import { importDataset } from '../../src/pipeline/import-dataset.ts'
import { proposeConfig } from '../../src/pipeline/propose-config.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { ringsAndChains } from '../support/rings-and-chains.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { createSmallGraphs, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()

/** The proposed file, with the few epochs of a test. */
function quick(yaml: string) {
  const settings = parse(yaml)
  return parseConfig(
    {
      ...settings,
      modelDirectory: join(place.folder, 'models'),
      model: { ...settings.model, layers: 2, hidden: 4 },
      training: { epochs: 1 },
    },
    'smg.config.yaml',
  )
}

/** Checks, trains, scores and writes with a proposed file. */
async function checkAndSync(yaml: string) {
  const config = quick(yaml)
  const checked = await check(place.database, config, {})
  const synced = await sync(place.database, config, syncOptions('run-1'))
  expect(synced).toMatchObject({ graphCount: checked.graphCount, scored: checked.graphCount, failed: 0 })
  return checked
}

/** Of {@link ringsAndChains}. */
async function writeDataset(name: string, graphs: number): Promise<string> {
  await mkdir(join(place.folder, name))
  for (const [file, text] of Object.entries(ringsAndChains(name, graphs)))
    await writeFile(join(place.folder, file), text)
  return join(place.folder, name)
}

/**
 * 24 documents of 3 to 5 sentences of 2 tokens; the target is a number. All are text units as well. Authors wrote several
 * documents and know each other. Sentences hold a copy of their document's target, and some lack a mood.
 */
const documents = `
CREATE CONSTRAINT FOR (d:Document) REQUIRE d.\`doc nr.\` IS UNIQUE;
UNWIND range(1, 24) AS nr
CREATE (d:\`Text unit\`:Document {\`doc nr.\`: nr, \`ease of reading?\`: 30.5 + (nr * 7 % 24), language: 'en', pages: 1 + nr % 3})
WITH d, nr
UNWIND range(1, 3 + nr % 3) AS i
CREATE (d)<-[:\`part of\`]-(s:\`Text unit\`:Sentence {
  \`s#\`: nr + '.' + i, kind: ['claim', 'proof', 'aside'][(nr + i) % 3], \`mean "length"\`: 5.0 + i * 1.5, ease: d.\`ease of reading?\`,
  mood: CASE WHEN i = 2 THEN null ELSE 'calm' END, at: date('2026-01-01')
})
WITH s, i
UNWIND range(1, 2) AS j
CREATE (s)<-[:IN]-(:\`Text unit\`:Token {lemma: 'w' + (i + j) % 4, position: j});
MATCH (a:Sentence)-[:\`part of\`]->(d)<-[:\`part of\`]-(b:Sentence)
WHERE toInteger(split(a.\`s#\`, '.')[1]) + 1 = toInteger(split(b.\`s#\`, '.')[1])
CREATE (a)-[:\`leads to\` {strength: a.\`mean "length"\` / 10, how: CASE a.kind WHEN 'claim' THEN 'so' ELSE 'but' END}]->(b);
MATCH (a:Token)-[:IN]->(s)<-[:IN]-(b:Token)
WHERE a.position < b.position
CREATE (a)-[:NEXT]->(b);
UNWIND range(1, 4) AS i
CREATE (:Author {name: 'author ' + i, famous: i % 2 = 0});
MATCH (a:Author), (d:Document)
WHERE a.name = 'author ' + (1 + d.\`doc nr.\` % 4)
CREATE (a)-[:WROTE]->(d);
MATCH (a:Author), (b:Author)
WHERE a.name < b.name
CREATE (a)-[:KNOWS]->(b)`

describe('a proposal for the payment rings', () => {
  it('finds cases and accounts, leaves the ground truth out and says why, and passes check and sync', async () => {
    const { database } = place
    await loadSample(database, readSample().slice(0, 40))
    const before = await snapshotOf(database)
    const { config, settings, leftOut, graphCount } = await proposeConfig(database)
    expect(await snapshotOf(database)).toEqual(before)
    expect(graphCount).toBe(40)
    const byProperty = (features: typeof settings.featureProperties) =>
      features.toSorted((a, b) => (a.property < b.property ? -1 : 1))
    // The server lists properties in the order in which their names came into the database.
    expect({ ...settings, featureProperties: byProperty(settings.featureProperties) }).toEqual({
      projection: {
        name: 'case',
        graphLabel: 'Case',
        graphKey: 'caseId',
        nodeLabels: ['Account'],
        nodeKey: 'accountId',
        membershipType: 'MEMBER_OF',
        relationshipTypes: ['PAID'],
        orientation: 'UNDIRECTED',
      },
      featureProperties: [
        { property: 'counterparties', encoding: 'standardize' },
        { property: 'kind', encoding: 'oneHot' },
        { property: 'shareForwarded', encoding: 'standardize' },
      ],
      targetProperty: 'suspicious',
      model: { task: 'classification' },
    })
    expect(leftOut).toEqual(['inRing: whether it is true at a member tells suspicious in 100 % of the graphs'])
    expect(config).toContain('# left out: inRing: whether it is true')
    expect(config).toContain('\n# relationshipWeightProperty: amount\n')
    expect(config).toContain('  # Label of the graph nodes\n  graphLabel: Case\n')
    expect(await checkAndSync(config)).toMatchObject({ classes: ['false', 'true'] })
    // What a sync wrote is not proposed.
    expect((await proposeConfig(database)).settings).toEqual(settings)
  })
})

describe('a proposal for an import', () => {
  it('is what the import proposes, though the graphs lie in the store class by class', async () => {
    const imported = await importDataset(place.database, await writeDataset('SHAPES', 24), {})
    const { config, settings } = await proposeConfig(place.database)
    const expected = parse(imported.config)
    expect(settings).toEqual({ ...expected, model: { task: 'classification' } })
    expect(await checkAndSync(config)).toMatchObject({ classes: ['0', '1'], featureCount: 3 })
  })

  it('of two data sets takes both together, and names each alone', async () => {
    await importDataset(place.database, await writeDataset('FIRST', 12), {})
    await importDataset(place.database, await writeDataset('SECOND', 18), {})
    const { settings, graphCount, alternatives } = await proposeConfig(place.database)
    expect([settings.projection['graphLabel'], graphCount]).toEqual(['Graph', 30])
    expect(alternatives.map(({ graphLabel, graphCount: count }) => [graphLabel, count])).toEqual([
      ['SECOND', 18],
      ['FIRST', 12],
    ])
    const wished = await proposeConfig(place.database, { graphLabel: 'FIRST' })
    expect([wished.settings.projection['graphLabel'], wished.graphCount]).toEqual(['FIRST', 12])
  })
})

describe('a proposal for documents, sentences and tokens', () => {
  it('takes the level that has something to learn, quotes odd names, and passes check and sync', async () => {
    const { database } = place
    for (const statement of documents.split(';')) await database.execute(statement, {})
    const { config, settings, leftOut } = await proposeConfig(database)
    expect(settings).toEqual({
      projection: {
        name: 'document',
        graphLabel: 'Document',
        graphKey: 'doc nr.',
        nodeLabels: ['Sentence'],
        nodeKey: 's#',
        membershipType: 'part of',
        relationshipTypes: ['leads to'],
        orientation: 'UNDIRECTED',
      },
      featureProperties: [
        { property: 'kind', encoding: 'oneHot' },
        { property: 'mean "length"', encoding: 'standardize' },
      ],
      targetProperty: 'ease of reading?',
      model: { task: 'regression' },
    })
    expect([...leftOut].sort()).toEqual([
      'at: types that cannot be a feature',
      'ease: its mean in a graph is all but ease of reading? (correlation 1.00)',
      'mood: 24 of 96 sampled members lack it',
    ])
    expect(config).toContain('# relationshipWeightProperty: strength')
    expect(config).toContain('#   - { property: how, encoding: oneHot }')
    expect(await checkAndSync(config)).toMatchObject({ task: 'regression', featureCount: 4 })
  })
})

describe('where nothing fits', () => {
  it('an empty database is bad source data', async () => {
    expect(await refusalOf(proposeConfig(place.database))).toEqual({
      exitCode: 3,
      message: expect.stringMatching(/^Cannot propose a configuration: expected graphs, got an empty database /),
    })
  })

  it('says what was looked for and found, and which values groups of nodes share', async () => {
    await place.database.execute(
      `UNWIND range(1, 30) AS i
       CREATE (:Person {personId: i, communityId: i % 3, age: 20 + i})
       WITH count(*) AS people
       MATCH (a:Person), (b:Person)
       WHERE a.personId + 3 = b.personId
       CREATE (a)-[:KNOWS]->(b)`,
      {},
    )
    expect(await refusalOf(proposeConfig(place.database))).toEqual({
      exitCode: 3,
      message:
        'Cannot propose a configuration: expected nodes with several members each, reached by one relationship type, relationships between those, and a property to learn; got: no relationships that could be memberships. Groups of nodes share the values of (:Person).communityId: such a property can be the groupProperty of a projection with kind: property, which takes each group as a graph',
    })
  })

  it('names what was nearly one', async () => {
    await createSmallGraphs(place.database)
    await place.database.execute('MATCH (m:Molecule) REMOVE m.shape', {})
    expect(await refusalOf(proposeConfig(place.database))).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(
        '(:Molecule) with its neighbours by PART_OF has no property to learn: neither a few classes nor numbers',
      ),
    })
  })
})

describe('smg init', () => {
  it('writes the file and prints it as JSON; with --overwrite it keeps the connection settings of the one before', async () => {
    await createSmallGraphs(place.database)
    const file = join(place.folder, 'smg.config.yaml')
    const first = await runSmg(['init', '--json'], { cwd: place.folder })
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(first.stdout)).toMatchObject({
      graphCount: 12,
      settings: { targetProperty: 'shape', projection: { graphLabel: 'Molecule' } },
      configWritten: 'smg.config.yaml',
    })
    const written = await readFile(file, 'utf8')
    expect(parse(written)).toEqual(JSON.parse(first.stdout).settings)

    await writeFile(file, `${written}neo4j: { username: neo4j }\n`)
    const over = await runSmg(['init', '--overwrite', '--quiet'], { cwd: place.folder })
    expect(over).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(parse(await readFile(file, 'utf8'))).toEqual({ ...parse(written), neo4j: { username: 'neo4j' } })
  })

  it('suggests a label that the database has', async () => {
    await createSmallGraphs(place.database)
    expect(await refusalOf(proposeConfig(place.database, { graphLabel: 'Molecul' }))).toEqual({
      exitCode: 2,
      message:
        "Cannot propose a configuration: the database has no nodes with label 'Molecul'; did you mean 'Molecule'?",
    })
  })
})
