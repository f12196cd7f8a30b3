/** The result of the comparison: the file in bench/results, and the table made of it. */
import { cpus } from 'node:os'
import type { Qm9Target } from '../../src/graph/qm9-types.ts'
import type { Experiment } from './experiment.ts'
import { chosenEpoch, type TrainingCurve } from './training-curve.ts'

const units: Readonly<Record<Qm9Target, string>> = {
  mu: 'D',
  alpha: 'bohr³',
  homo: 'Hartree',
  lumo: 'Hartree',
  gap: 'Hartree',
  r2: 'bohr²',
  zpve: 'Hartree',
  u0: 'Hartree',
  u298: 'Hartree',
  h298: 'Hartree',
  g298: 'Hartree',
  cv: 'cal/(mol K)',
}

export interface Comparison {
  readonly experiment: Experiment
  readonly ours: TrainingCurve
  readonly peer: TrainingCurve
}

export function resultOf(comparisons: readonly Comparison[]) {
  return {
    rows: comparisons.map(rowOf),
    curves: comparisons.map(({ experiment, ours, peer }) => ({
      target: experiment.target,
      ours: rounded(ours),
      peer: rounded(peer),
    })),
    machine: { cores: cpus().length, node: process.version },
  }
}

type Row = ReturnType<typeof rowOf>

function rowOf({ experiment, ours, peer }: Comparison) {
  const { target, task, config } = experiment
  const [chosen, peerChosen] = [chosenEpoch(ours), chosenEpoch(peer)]
  return {
    target,
    unit: units[target],
    molecules: { train: task.train.length, validation: task.validation.length, test: task.test.length },
    epochs: config.training.epochs,
    seed: task.randomSeed,
    ours: { ...chosen, trainSeconds: Math.round(ours.trainSeconds) },
    peer: { ...peerChosen, trainSeconds: Math.round(peer.trainSeconds) },
    ratio: chosen.testError / peerChosen.testError,
  }
}

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ target, unit, molecules, epochs, seed, ours, peer, ratio }) =>
    [
      target,
      unit,
      `${molecules.train} / ${molecules.validation} / ${molecules.test}`,
      epochs,
      seed,
      `${shown(ours.testError)} (${ours.epoch})`,
      `${shown(peer.testError)} (${peer.epoch})`,
      ratio.toFixed(3),
    ].join(' | '),
  )
  return `# QM9

Mean absolute error on the test molecules, at the epoch (in brackets) with the lowest one on the validation molecules: ours beside
PyTorch Geometric, the same graphs, split, epochs and initial distribution. Made by \`npm run bench:qm9\` from qm9.json.

| target | unit | molecules (train / validation / test) | epochs | seed | ours | PyTorch Geometric | ours / theirs |
|---|---|---|---|---|---|---|---|
${cells.map((line) => `| ${line} |`).join('\n')}
`
}

function rounded({ epochs, ...curve }: TrainingCurve): TrainingCurve {
  const short = (value: number) => Number(value.toPrecision(6))
  return {
    ...curve,
    epochs: epochs.map(({ epoch, trainLoss, validationError, testError }) => ({
      epoch,
      trainLoss: short(trainLoss),
      validationError: short(validationError),
      testError: short(testError),
    })),
  }
}

function shown(error: number): string {
  return error.toPrecision(4)
}
