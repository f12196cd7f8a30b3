/** The figures of the paper that show masks, and how our model is trained for each: fewer epochs than published, on a part of large data sets. */
import type { FigureTraining } from './figure-model.ts'
import { type Observe, observeDegrees, observeHubs, observeKept, observeLabels } from './observations.ts'

export interface Figure {
  readonly number: number
  readonly dataset: string
  readonly training: FigureTraining
  readonly observe: Observe
  readonly pictured: {
    /** Graphs of each class. */
    readonly perClass: number
    /** Nodes of a graph that is drawn. */
    readonly from: number
    readonly to: number
    /** Whether labels are written at nodes. */
    readonly withLabels: boolean
  }
}

export const figures: readonly Figure[] = [
  {
    number: 4,
    dataset: 'REDDIT-BINARY',
    training: { graphCount: 600, epochs: 50, batchSize: 16 },
    observe: observeHubs,
    pictured: { perClass: 2, from: 40, to: 160, withLabels: false },
  },
  {
    number: 5,
    dataset: 'COLLAB',
    training: { graphCount: 1500, epochs: 40, batchSize: 32 },
    observe: observeDegrees,
    pictured: { perClass: 1, from: 35, to: 80, withLabels: false },
  },
  {
    number: 6,
    dataset: 'NCI1',
    training: { graphCount: 4110, epochs: 150, batchSize: 128 },
    observe: observeKept,
    pictured: { perClass: 2, from: 16, to: 34, withLabels: true },
  },
  {
    number: 7,
    dataset: 'PROTEINS',
    training: { graphCount: 1113, epochs: 200, batchSize: 128 },
    observe: observeLabels,
    pictured: { perClass: 2, from: 20, to: 50, withLabels: true },
  },
]
