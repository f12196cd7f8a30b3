/** The payment-rings sample, as `npm start` trains on it. */
import { join } from 'node:path'
import { DirectedGraph } from 'graphology'
import { accountKinds, type PaymentCase } from '../../fixtures/payment-rings/payment-case.ts'
import { paymentRings } from '../../fixtures/payment-rings/payment-rings.ts'
import { sampleCaseCount, sampleSeed } from '../../fixtures/payment-rings/sample.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { CausedGraph, MaskData } from './mask-data.ts'

/** `npm run` starts in the root of the repository. */
const configPath = join('fixtures', 'payment-rings', 'smg.config.yaml')

/** @param caseCount fewer cases are others than the first of more */
export async function ringsData(caseCount = sampleCaseCount): Promise<MaskData> {
  const { model, training, featureProperties, targetProperty } = await loadConfig(configPath)
  const { modelName: name, ...options } = model
  const nodeFeatures = featureProperties.map(({ property, encoding }) => ({ attribute: property, encoding }))
  return {
    name,
    model: { ...options, name, target: targetProperty, nodeFeatures },
    training,
    graphs: paymentRings(sampleSeed, caseCount).map(caseGraph),
  }
}

function caseGraph({ caseId, suspicious, accounts, payments }: PaymentCase): CausedGraph {
  const graph = new DirectedGraph()
  graph.setAttribute('suspicious', suspicious)
  for (const { accountId, kind, shareForwarded, counterparties } of accounts)
    graph.addNode(accountId, { kind, shareForwarded, counterparties })
  for (const { from, to } of payments) graph.addEdge(from, to)
  return {
    key: caseId,
    graph,
    label: suspicious ? 1 : 0,
    cause: new Set(accounts.flatMap(({ accountId, inRing }) => (inRing ? [accountId] : []))),
    // Labels are whole numbers, so a share is known by its tenth: the last holds all that pass nearly everything on.
    nodeLabels: accounts.map(({ kind, shareForwarded, counterparties }) => [
      accountKinds.indexOf(kind),
      Math.floor(10 * shareForwarded),
      counterparties,
    ]),
  }
}
