/** Refuses a model whose masks say too little: nothing is written with it. */
import type { Config } from '../../config/schema.ts'
import { SmgError } from '../../errors.ts'
import type { MaskQuality } from '../../model/mask-quality/mask-quality.ts'
import type { TrainedModel } from '../../model/model.ts'

type Wanted = Config['maskQuality']

/** @throws SmgError naming the figure, the threshold, and what to do */
export function requireMaskQuality(model: TrainedModel, { maskQuality: wanted }: Config): void {
  const { minimumFidelityRatio, minimumRocAuc } = wanted
  if (minimumFidelityRatio === undefined && minimumRocAuc === undefined) return
  const quality = measuredAsWanted(model, wanted)
  const problems = [
    ...(minimumFidelityRatio === undefined ? [] : ratioProblem(quality, minimumFidelityRatio)),
    ...(minimumRocAuc === undefined ? [] : rocAucProblem(quality, minimumRocAuc)),
  ]
  if (problems.length > 0)
    throw new SmgError(
      `Cannot write with the model ${model.name}:${model.version}: ${problems.join('; ')}. Train another with --retrain and other settings, or lower the minimum`,
    )
}

/** Whether {@link requireMaskQuality} lets it pass. */
export function hasMaskQuality(model: TrainedModel, config: Config): boolean {
  try {
    requireMaskQuality(model, config)
    return true
  } catch (thrown) {
    if (thrown instanceof SmgError) return false
    throw thrown
  }
}

function measuredAsWanted(model: TrainedModel, { share, truthProperty, minimumRocAuc }: Wanted): MaskQuality {
  const { maskQuality: quality } = model
  const wants = `its masks measured with share ${share}${minimumRocAuc === undefined ? '' : ` and truthProperty ${truthProperty}`}`
  const refuse = (got: string) =>
    new SmgError(
      `Cannot write with the model ${model.name}:${model.version}: expected ${wants}, got ${got}; train the next version with --retrain, or take the minimum out of maskQuality`,
    )
  if (quality === undefined) throw refuse('a model whose masks were not measured')
  if (quality.share !== share) throw refuse(`share ${quality.share}`)
  if (minimumRocAuc !== undefined && quality.truthProperty !== truthProperty)
    throw refuse(`truthProperty ${quality.truthProperty ?? 'none'}`)
  return quality
}

/** Asks for a multiple, as random nodes may move a prediction by nothing at all. */
function ratioProblem(
  { deletionFidelity, randomDeletionFidelity: random, graphCount }: MaskQuality,
  minimum: number,
): string[] {
  const best = Math.max(...deletionFidelity)
  if (best > 0 && best >= minimum * random) return []
  const times = random > 0 ? `, ${(best / random).toFixed(2)} times` : ''
  return [
    `expected a deletion fidelity of at least ${minimum} times that of random members (maskQuality.minimumFidelityRatio), got ${best.toFixed(3)} beside ${random.toFixed(3)}${times}, on ${graphCount} held-out graphs`,
  ]
}

function rocAucProblem({ rocAuc, truthProperty, graphCount }: MaskQuality, minimum: number): string[] {
  const best = rocAuc === null ? null : Math.max(...rocAuc)
  if (best !== null && best >= minimum) return []
  const got =
    best === null
      ? `none of ${graphCount} held-out graphs with members of both kinds`
      : `${best.toFixed(3)} in the best layer, on ${graphCount} held-out graphs`
  return [
    `expected a ROC AUC of the masks against ${truthProperty} of at least ${minimum} (maskQuality.minimumRocAuc), got ${got}`,
  ]
}
