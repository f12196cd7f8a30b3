import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/load.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'

function queries(projection: Readonly<Record<string, unknown>>, others: Readonly<Record<string, unknown>> = {}) {
  const names = {
    name: 'cases',
    graphLabel: 'Case',
    graphKey: 'caseId',
    nodeLabels: ['Account'],
    nodeKey: 'accountId',
    membershipType: 'MEMBER_OF',
    relationshipTypes: ['PAID'],
  }
  const kept = Object.entries({ ...names, ...projection }).filter(([, value]) => value !== undefined)
  const config = { projection: Object.fromEntries(kept), targetProperty: 'suspicious', ...others }
  return nextQueries(parseConfig(config, 'test')).map(({ cypher }) => cypher)
}

describe('nextQueries()', () => {
  it('writes plain names plainly', () => {
    expect(queries({})).toEqual([
      `MATCH (g:Case) WHERE g.smgPrediction IS NOT NULL
WITH g ORDER BY g.smgProbability DESC LIMIT 1
MATCH (n:Account)-[:MEMBER_OF]-(g:Case)
RETURN g.caseId, g.smgPrediction, n.accountId, n.smgMaskLayer3
ORDER BY n.smgMaskLayer3 DESC LIMIT 10`,
      `MATCH (g:Case) WHERE g.smgEmbedding IS NOT NULL
WITH g LIMIT 1
CALL db.index.vector.queryNodes('smg_cases_embedding', 5, g.smgEmbedding) YIELD node, score
RETURN g.caseId AS graph, node.caseId AS similar, node.smgPrediction, score`,
    ])
  })

  it('puts other names in backticks, and escapes the name of the index in its text', () => {
    const [members, similar] = queries({
      name: "o'case\\s",
      graphLabel: 'My case',
      graphKey: 'k`ey',
      nodeLabels: ['Account', 'Legal person'],
      membershipType: 'MEMBER-OF',
    })
    expect(members).toContain('MATCH (n:Account|`Legal person`)-[:`MEMBER-OF`]-(g:`My case`)')
    expect(members).toContain('RETURN g.`k``ey`, g.smgPrediction,')
    expect(similar).toContain("queryNodes('smg_o\\'case\\\\s_embedding', 5,")
  })

  it('follows prefix and number of layers', () => {
    const [members, similar] = queries({}, { writing: { prefix: 'fraud' }, model: { layers: 5 } })
    expect(members).toContain('ORDER BY n.fraudMaskLayer5 DESC')
    expect(similar).toContain("'fraud_cases_embedding', 5, g.fraudEmbedding")
  })

  it('looks at the highest number of a regression, which has no probabilities', () => {
    const [members] = queries({}, { model: { task: 'regression' } })
    expect(members).toContain('WITH g ORDER BY g.smgPrediction DESC LIMIT 1')
    expect(members).not.toContain('smgProbability')
  })

  it('goes by the memberships that sync makes where it makes them, with the masks on shared ones', () => {
    const names = { membershipType: undefined, graphLabel: undefined, graphKey: undefined }
    const [byProperty, similar] = queries({ ...names, kind: 'property', groupProperty: 'community' })
    expect(byProperty).toContain("MATCH (n:Account)-[:SMG_MEMBER_OF {projection: 'cases'}]->(g:SmgGraph_cases)")
    expect(byProperty).toContain('RETURN g.key, g.smgPrediction, n.accountId, n.smgMaskLayer3')
    expect(similar).toContain('node.key AS similar')
    const [nearby] = queries({ kind: 'neighbourhood', membershipType: undefined, name: "o'c" })
    expect(nearby).toContain("MATCH (n:Account)-[m:SMG_MEMBER_OF {projection: 'o\\'c'}]->(g:Case)")
    expect(nearby).toContain('ORDER BY m.smgMaskLayer3 DESC')
  })
})
