/**
 * Which molecules are toxic, and which atoms make them so? A model of graphology graphs, without any database.
 *
 *     npx tsx examples/graphology.ts
 */
import { UndirectedGraph } from 'graphology'
import { createModel, fit, loadModel, nextVersion, predict, saveModel } from '../src/index.ts'

// 400 trees of random atoms. In every other one the atoms n, o1 and o2 are a nitro group, and it is toxic.
let seed = 1
function below(limit: number): number {
  seed = (seed * 16807) % 2147483647
  return seed % limit
}
const molecules = Array.from({ length: 400 }, (_, i) => {
  const graph = new UndirectedGraph()
  graph.setAttribute('toxic', i % 2 === 1)
  const size = 12 + below(12)
  for (let v = 0; v < size; v++) graph.addNode(`a${v}`, { element: 'CCCNO'[below(5)] })
  for (let v = 1; v < size; v++) graph.addEdge(`a${v}`, `a${below(v)}`)
  for (const node of ['n', 'o1', 'o2']) graph.addNode(node, { element: node === 'n' ? 'N' : 'O' })
  graph.addEdge('n', `a${below(size)}`)
  for (const oxygen of ['o1', 'o2']) graph.addEdge(oxygen, i % 2 === 1 ? 'n' : `a${below(size)}`)
  return { key: `molecule ${i}`, graph }
})

const model = createModel({ name: 'toxicity', target: 'toxic', nodeFeatures: ['element'], layers: 2, hidden: 32 })
const version = await nextVersion('.smg/models', 'toxicity')
await saveModel('.smg/models', await fit(model, molecules, { epochs: 30, learningRate: 0.003, version }))

const trained = await loadModel('.smg/models', 'toxicity')
console.log(trained.metrics)
const toxic = molecules.filter(({ key, graph }) => trained.split.test.includes(key) && graph.getAttribute('toxic'))
for (const { key, prediction, probability, masks } of await predict(trained, toxic.slice(0, 3))) {
  const atoms = [...masks].sort(([, a], [, b]) => (b.at(-1) ?? 0) - (a.at(-1) ?? 0)).slice(0, 3)
  const shown = atoms.map(([atom, ofLayers]) => `${atom} ${ofLayers.at(-1)?.toFixed(2)}`)
  console.log(`${key}: ${prediction} (${probability?.toFixed(2)}), highest masks ${shown.join(', ')}`)
}
const without = await predict(trained, toxic, { without: ['n'] })
console.log(
  `without n: ${without.filter(({ prediction }) => prediction === 'true').length} of ${toxic.length} are toxic`,
)
