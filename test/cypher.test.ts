import { describe, expect, it } from 'vitest'
import * as catalogue from '../src/neo4j/catalogue.ts'
import * as jobCatalogue from '../src/neo4j/job-catalogue.ts'
import * as lockCatalogue from '../src/neo4j/lock-catalogue.ts'
import * as masksCatalogue from '../src/neo4j/masks-catalogue.ts'
import * as modelCatalogue from '../src/neo4j/model-catalogue.ts'
import * as planCatalogue from '../src/neo4j/plan-catalogue.ts'
import * as projectionCatalogue from '../src/neo4j/projection-catalogue.ts'
import * as reportCatalogue from '../src/neo4j/report-catalogue.ts'
import * as runCatalogue from '../src/neo4j/run-catalogue.ts'
import * as scheduleCatalogue from '../src/neo4j/schedule-catalogue.ts'
import { readStatement } from '../src/neo4j/statement.ts'
import * as surveyCatalogue from '../src/neo4j/survey-catalogue.ts'
import {
  declaredParams,
  holdsOneStatement,
  lowerCaseKeywords,
  parseCypherFile,
  readCypherFiles,
  usedParams,
} from './support/cypher-files.ts'

const files = readCypherFiles()
const statements = [
  catalogue,
  jobCatalogue,
  lockCatalogue,
  masksCatalogue,
  modelCatalogue,
  planCatalogue,
  projectionCatalogue,
  reportCatalogue,
  runCatalogue,
  scheduleCatalogue,
  surveyCatalogue,
]
  .flatMap((module) => Object.values(module))
  .filter((value) => 'render' in value)

describe('the catalogue', () => {
  it('declares every file of cypher/ once, and no other', () => {
    expect(statements.map(({ name }) => name).sort()).toEqual(files.map(({ name }) => name).sort())
  })

  it.each(statements)('runs $name in the mode that its header says', ({ name, mode }) => {
    expect(readStatement(name, mode)).toBe(files.find((file) => file.name === name)?.body)
  })
})

describe.each(files)('cypher/$name.cypher', ({ header, body }) => {
  it('has the four-line header', () => {
    expect(header).toBeDefined()
  })

  it('uses the parameters and identifiers that its header lists', () => {
    expect(usedParams(body)).toEqual(declaredParams(header?.params ?? ''))
  })

  it('is one statement, its keywords in capitals', () => {
    expect(holdsOneStatement(body)).toBe(true)
    expect(lowerCaseKeywords(body)).toEqual([])
  })
})

describe('the checks of statement files', () => {
  const text = `// purpose: Find a node
// mode: read
// params: {{label}}, $rows ({key, masks: (of layers)} each), $limit
// returns: a row per node: key
MATCH (n:{{label}})
RETURN n.limit AS key, ';' AS text, $rows, $limit + $limit
`

  it('read header and body', () => {
    const { header, body } = parseCypherFile('find', text)
    expect(header).toEqual({
      purpose: 'Find a node',
      mode: 'read',
      params: '{{label}}, $rows ({key, masks: (of layers)} each), $limit',
      returns: 'a row per node: key',
    })
    expect(declaredParams(header?.params ?? '')).toEqual(['$limit', '$rows', '{{label}}'])
    expect(usedParams(body)).toEqual(['$limit', '$rows', '{{label}}'])
    expect(holdsOneStatement(body)).toBe(true)
    expect(lowerCaseKeywords(body)).toEqual([])
  })

  it('miss a line of the header', () => {
    expect(parseCypherFile('find', text.replace(/.*mode.*\n/, '')).header).toBeUndefined()
  })

  it('object to a second statement and to keywords in small letters', () => {
    expect(holdsOneStatement('MATCH (n) RETURN n; MATCH (m) DELETE m')).toBe(false)
    expect(lowerCaseKeywords("match (n) WHERE n.where = 'where' Return n order by n.x")).toEqual([
      'match',
      'Return',
      'order by',
    ])
  })
})
