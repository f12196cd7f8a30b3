/** Time, memory and bytes of a sync: what was measured, scaled up, and what was fitted. */
import type { TrainingOptions } from '../../config/schema.ts'
import { madeCounts, type WrittenCounts } from '../../write-back/written-counts.ts'
import { fittedMemory, fittedStore, fittedTimes } from './fitted-costs.ts'

/** What a sync has to do. */
export interface Work {
  readonly graphCount: number
  readonly nodeCount: number
  /** Graphs that are scored anew, and their members. */
  readonly scoredGraphs: number
  readonly scoredNodes: number
  readonly written: WrittenCounts
  /** Graph nodes and memberships that are made, where the user has none. */
  readonly madeGraphNodes: number
  readonly madeMemberships: number
  /** Graphs per page. */
  readonly pageSize: number
  /** `null`: there is a model. */
  readonly training: TrainingWork | null
}

export interface TrainingWork {
  /** With a target. */
  readonly labelledGraphs: number
  readonly options: TrainingOptions
  /** Numbers of an encoded member with its edges. */
  readonly numbersPerNode: number
}

/** As measured, in milliseconds. */
export interface Speeds {
  readonly serverMillis: number
  /** What the first page takes more than others. */
  readonly firstReadMillis: number
  readonly firstComputeMillis: number
  readonly readMillisPerNode: number
  readonly computeMillisPerNode: number
  readonly firstTrainMillis: number
  readonly trainMillisPerGraph: number
  readonly validateMillisPerGraph: number
}

/** From least to most. */
export interface Range {
  readonly min: number
  readonly max: number
}

export interface ExpectedTimes {
  readonly readMillis: number
  readonly trainMillis: Range
  readonly computeMillis: number
  readonly writeMillis: number
  readonly totalMillis: Range
}

export function expectedTimes(work: Work, speeds: Speeds): ExpectedTimes {
  const { scoredGraphs, scoredNodes, written } = work
  const server = (speeds.serverMillis / fittedTimes.serverMillis) ** fittedTimes.serverPower
  const readMillis = speeds.firstReadMillis + warmed(work.nodeCount, fittedTimes.warmShare) * speeds.readMillisPerNode
  const computeMillis =
    scoredNodes === 0
      ? 0
      : speeds.firstComputeMillis + warmed(scoredNodes, fittedTimes.warmShare) * speeds.computeMillisPerNode
  const numbers = scoredGraphs * written.numbersPerGraph + scoredNodes * written.numbersPerMember
  const writeMillis =
    scoredNodes === 0
      ? 0
      : server *
        (fittedTimes.firstWriteMillis +
          (warmed(scoredNodes, fittedTimes.warmWriteShare) / scoredNodes) *
            (fittedTimes.millisPerGraph * scoredGraphs +
              fittedTimes.millisPerMembership * work.madeMemberships +
              fittedTimes.millisPerProperty * propertiesOf(work) +
              fittedTimes.millisPerNumber * numbers))
  const pages = Math.max(1, work.graphCount / work.pageSize)
  const hidden = fittedTimes.hiddenShare * Math.max(0, 1 - fittedTimes.pagesAlone / pages)
  const scoring = readMillis + computeMillis + writeMillis - hidden * Math.min(readMillis + computeMillis, writeMillis)
  const training = trainingTimes(work, speeds)
  const { fixedMillis, spread } = fittedTimes
  const rest = server * fixedMillis + training.readMillis + scoring
  return {
    readMillis: Math.round(readMillis + training.readMillis),
    trainMillis: rounded(training.trainMillis),
    computeMillis: Math.round(computeMillis),
    writeMillis: Math.round(writeMillis),
    totalMillis: rounded({
      min: (rest + training.trainMillis.min) / spread,
      max: (rest + training.trainMillis.max) * spread,
    }),
  }
}

/** Members at the speed of a program that has just begun, that take as long as `nodes` of one that gets warm. */
function warmed(nodes: number, share: number): number {
  const cold = Math.min(nodes, fittedTimes.warmAfterNodes)
  return cold + share * (nodes - cold)
}

/** At least until patience is at its end after the first epoch, at most all epochs. */
function trainingTimes({ training, graphCount, nodeCount }: Work, speeds: Speeds) {
  if (training === null) return { readMillis: 0, trainMillis: { min: 0, max: 0 } }
  const { epochs, patience, validationFraction, testFraction } = training.options
  const { labelledGraphs } = training
  const trainGraphs = labelledGraphs * (1 - validationFraction - testFraction)
  const epochMillis =
    trainGraphs * speeds.trainMillisPerGraph + labelledGraphs * validationFraction * speeds.validateMillisPerGraph
  // The training graphs are read twice.
  const nodesRead = ((labelledGraphs + trainGraphs) / graphCount) * nodeCount
  return {
    readMillis: warmed(nodesRead, fittedTimes.warmShare) * speeds.readMillisPerNode,
    trainMillis: {
      min: speeds.firstTrainMillis + Math.min(epochs, patience + 1) * epochMillis,
      max: speeds.firstTrainMillis + epochs * epochMillis,
    },
  }
}

export function propertiesOf({ scoredGraphs, scoredNodes, written, madeGraphNodes, madeMemberships }: Work): number {
  const made = madeGraphNodes * madeCounts.perGraphNode + madeMemberships * madeCounts.perMembership
  return scoredGraphs * written.perGraph + scoredNodes * written.perMember + made
}

/** Peak of the process, in bytes. */
export function expectedMemory(work: Work, baseBytes: number = fittedMemory.baseBytes): Range {
  const { workBytes, bytesPerMember, garbageBytes, garbageMembers, bytesPerTrainingNumber, bytesPerTrainingMember } =
    fittedMemory
  const meanMembers = work.nodeCount / Math.max(1, work.graphCount)
  const pages = Math.min(work.nodeCount, 3 * work.pageSize * meanMembers) * bytesPerMember
  const garbage = garbageBytes * Math.min(1, work.nodeCount / garbageMembers)
  const { training } = work
  const trainingNodes = training === null ? 0 : training.labelledGraphs * meanMembers
  const held = trainingNodes * (bytesPerTrainingNumber * (training?.numbersPerNode ?? 0) + bytesPerTrainingMember)
  return spreadOf(baseBytes + workBytes + pages + garbage + held, fittedMemory.spread)
}

/** Of the database's files: store, vector index and transaction log. */
export function expectedStoreBytes(work: Work): Range {
  const { scoredGraphs, scoredNodes, written } = work
  const graphNumbers = scoredGraphs * written.numbersPerGraph
  const numbers = graphNumbers + scoredNodes * written.numbersPerMember
  const { bytesPerProperty, bytesPerNumber, logBytesPerProperty, logBytesPerNumber, indexBytesPerNumber, spread } =
    fittedStore
  return spreadOf(
    work.madeMemberships * (fittedStore.bytesPerMembership + fittedStore.logBytesPerMembership) +
      propertiesOf(work) * (bytesPerProperty + logBytesPerProperty) +
      numbers * (bytesPerNumber + logBytesPerNumber) +
      graphNumbers * indexBytesPerNumber,
    spread,
  )
}

function spreadOf(expected: number, spread: number): Range {
  return rounded({ min: expected / spread, max: expected * spread })
}

function rounded({ min, max }: Range): Range {
  return { min: Math.round(min), max: Math.round(max) }
}
