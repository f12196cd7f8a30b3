/** Lays a graph out beside the page, so that the page goes on answering. */
import { layoutOf } from '../layout.ts'
import type { Point } from '../point.ts'
import type { LayoutProgress, LayoutRequest } from './layout-client.ts'

/** Drawing thousands of nodes takes long where there is no graphics card; the page has to answer in between. */
const millisBetweenTellings = 500

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const { nodeCount, ends } = data
  const edges = Array.from({ length: ends.length / 2 }, (_, e) => ({
    source: ends[2 * e] ?? 0,
    target: ends[2 * e + 1] ?? 0,
  }))
  let toldAt = performance.now()
  const points = layoutOf(nodeCount, edges, {
    onProgress: (soFar, done, of) => {
      if (performance.now() - toldAt < millisBetweenTellings) return true
      toldAt = performance.now()
      // The last steps are followed by a finish.
      tell(soFar, Math.min(0.99, done / of))
      return true
    },
  })
  tell(points, 1)
})

function tell(points: readonly Point[], share: number): void {
  const positions = Float32Array.from(points.flatMap(({ x, y }) => [x, y]))
  const progress: LayoutProgress = { positions, share }
  postMessage(progress, { transfer: [positions.buffer] })
}
