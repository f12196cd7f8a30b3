/** Asks the worker for the layout of a graph. */
import type { ViewedEdge } from '../viewed-graph.ts'

export interface LayoutRequest {
  readonly nodeCount: number
  /** Source and target of each edge. [2E] */
  readonly ends: Int32Array
}

export interface LayoutProgress {
  /** x and y of each node. [N, 2] */
  readonly positions: Float32Array
  /** 0 to 1, which is the end. */
  readonly share: number
}

/** The worker's script, put here when the page is built. */
declare const layoutWorkerScript: string

/** Returns how to end it early. */
export function startLayout(
  nodeCount: number,
  edges: readonly ViewedEdge[],
  onProgress: (progress: LayoutProgress) => void,
): () => void {
  const url = URL.createObjectURL(new Blob([layoutWorkerScript], { type: 'text/javascript' }))
  const worker = new Worker(url)
  URL.revokeObjectURL(url)
  worker.addEventListener('message', ({ data }: MessageEvent<LayoutProgress>) => {
    onProgress(data)
    if (data.share === 1) worker.terminate()
  })
  const request: LayoutRequest = {
    nodeCount,
    ends: Int32Array.from(edges.flatMap(({ source, target }) => [source, target])),
  }
  worker.postMessage(request)
  return () => worker.terminate()
}
