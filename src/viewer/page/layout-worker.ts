/** Lays a graph out beside the page, so that the page goes on answering. */
import { layoutOf } from '../layout.ts'
import type { LayoutProgress, LayoutRequest } from './layout-client.ts'

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const { nodeCount, ends } = data
  const edges = Array.from({ length: ends.length / 2 }, (_, e) => ({
    source: ends[2 * e] ?? 0,
    target: ends[2 * e + 1] ?? 0,
  }))
  const tell = (progress: LayoutProgress) => postMessage(progress)
  const positions = layoutOf(nodeCount, edges, {
    onProgress: (points, done, of) => {
      // The last steps are followed by a finish.
      tell({ points, share: Math.min(0.99, done / of) })
      return true
    },
  })
  tell({ points: positions, share: 1 })
})
