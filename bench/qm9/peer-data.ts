/** The graphs of an experiment as plain arrays in files, for the Python side: the very numbers that our network gets. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { fitTargetScaling } from '../../src/model/targets.ts'
import { encodeFold } from '../../src/pipeline/evaluate/encode-fold.ts'
import type { Experiment } from './experiment.ts'

/** Arrays are little-endian, of all graphs one after the other: those trained on, then for validation, then for the test. */
export async function writePeerData({ known, task, config }: Experiment, folder: string): Promise<void> {
  const { train, validation, test } = encodeFold(known, task, config)
  const graphs = [...train, ...validation, ...test]
  const { mean, std } = fitTargetScaling(train)
  const { layers, hidden, edgeHidden } = config.model
  const { batchSize, learningRate, learningRateDecay } = config.training
  const about = {
    counts: { train: train.length, validation: validation.length, test: test.length },
    features: graphs[0]?.featureCount,
    edgeFeatures: graphs[0]?.edgeFeatureCount,
    scaling: { mean: mean[0], std: std[0] },
    model: { layers, hidden, edgeHidden },
    training: { batchSize, learningRate, learningRateDecay },
  }
  await mkdir(folder, { recursive: true })
  const joined = (
    name: string,
    part: (graph: EncodedGraph) => ArrayLike<number>,
    type: typeof Float32Array | typeof Int32Array | typeof Float64Array,
  ) =>
    writeFile(join(folder, name), new Uint8Array(type.from(graphs.flatMap((graph) => Array.from(part(graph)))).buffer))
  await joined('nodes.i32', ({ nodeCount }) => [nodeCount], Int32Array)
  await joined('edges.i32', ({ source }) => [source.length], Int32Array)
  await joined('x.f32', ({ x }) => x, Float32Array)
  await joined('source.i32', ({ source }) => source, Int32Array)
  await joined('target.i32', ({ target }) => target, Int32Array)
  await joined('edge-features.f32', ({ edgeFeatures }) => edgeFeatures ?? [], Float32Array)
  await joined('targets.f64', ({ targets }) => targets ?? [], Float64Array)
  await writeFile(join(folder, 'about.json'), JSON.stringify(about))
}
