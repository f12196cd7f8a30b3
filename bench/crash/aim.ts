/** Kills at a drawn moment of a phase. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../src/neo4j/database.ts'
import { type Observation, type ObservedRun, observe, type Phase, phases } from './phase.ts'

export interface Aim {
  readonly target: Phase
  /** From the first sight of the phase on, in milliseconds. */
  readonly wait: number
  readonly kill: () => void | Promise<void>
}

const pollMillis = 3

export interface Shot {
  /** What was seen last before the kill; `undefined` where the sync ended before. */
  readonly seen: Observation | undefined
  /** How long training took, in milliseconds, where the end of it was seen. */
  readonly trainMillis: number | undefined
}

export async function killAt(database: Database, run: ObservedRun, aim: Aim): Promise<Shot> {
  let due: number | undefined
  const firstSeen: Partial<Record<Phase, number>> = {}
  const trainMillis = () => {
    const { train, score } = firstSeen
    return train === undefined || score === undefined ? undefined : score - train
  }
  while (!run.client.isOver()) {
    const seen = await observe(database, run)
    firstSeen[seen.phase] ??= performance.now()
    const [at, target] = [phases.indexOf(seen.phase), phases.indexOf(aim.target)]
    if (at >= target) due ??= performance.now() + aim.wait
    // Pages are scored and written in turns: who has seen one of both may see the other again.
    const isRight = at === target || (at > target && aim.target !== 'score')
    if (due !== undefined && performance.now() >= due && isRight && !run.client.isOver()) {
      await aim.kill()
      return { seen, trainMillis: trainMillis() }
    }
    await delay(pollMillis)
  }
  return { seen: undefined, trainMillis: trainMillis() }
}
