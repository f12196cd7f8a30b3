/** What is used of graphology-layout-forceatlas2: its own types say that the module has a default, which it is itself. */
declare module 'graphology-layout-forceatlas2' {
  import type { AbstractGraph } from 'graphology-types'

  export interface ForceAtlas2Settings {
    readonly strongGravityMode?: boolean
    readonly gravity?: number
    readonly scalingRatio?: number
    readonly slowDown?: number
    readonly barnesHutOptimize?: boolean
  }
  interface ForceAtlas2 {
    inferSettings(order: number): ForceAtlas2Settings
    /** Sets x and y of every node. */
    assign(graph: AbstractGraph, params: { readonly iterations: number; readonly settings: ForceAtlas2Settings }): void
  }
  const forceAtlas2: ForceAtlas2
  export default forceAtlas2
}
