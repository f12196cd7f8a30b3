/**
 * Time and memory of scoring one large graph, in which no two nodes are alike:
 *
 *     npm run bench:large-graph -- [nodes, default 100000]
 */
import { createRandom } from '../src/graph/random.ts'
import { loadBackend } from '../src/model/backend.ts'
import { networkShape } from '../src/model/model.ts'
import { initialParameters, weightsFromFlat } from '../src/model/parameters.ts'
import { predictGraphs } from '../src/model/predict.ts'
import { randomGraph } from './random-graph.ts'

const nodeCount = Number(process.argv[2] ?? 100_000)
const { name: backend } = await loadBackend()
const peakRssMb = () => Math.round(process.resourceUsage().maxRSS / 1024)
const before = peakRssMb()
const graph = randomGraph(1, { nodeCount, neighbours: 2, featureCount: 8, continuous: 8 })
const shape = networkShape(
  {
    task: 'classification',
    variant: 'smg-jk',
    readout: 'sum',
    layers: 4,
    hidden: 64,
    inputProjection: true,
    edgeHidden: 128,
  },
  { featureCount: 8, outputCount: 2 },
)
const weights = weightsFromFlat(shape, initialParameters(shape, createRandom(1, 'weights')))
const start = performance.now()
const [prediction] = await predictGraphs({ shape, weights, targetScaling: null }, [graph])
console.log(
  JSON.stringify({
    ...{ backend, nodes: nodeCount, edges: graph.source.length, masks: prediction?.masks.length },
    score_s: Math.round(performance.now() - start) / 1000,
    ...{ import_rss_mb: before, peak_rss_mb: peakRssMb() },
  }),
)
