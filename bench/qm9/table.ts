/** RESULTS.md, made of the trainings in bench/qm9/results. */
import { type Qm9Target, qm9Targets } from '../../src/graph/qm9-types.ts'
import { markdownTable } from '../reproduce/markdown-table.ts'
import type { StoredTraining } from './stored-training.ts'
import { chosenEpoch } from './training-curve.ts'

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

const head = [
  'target',
  'unit',
  'molecules (train / validation / test)',
  'epochs',
  'seed',
  'ours',
  'PyTorch Geometric',
  'ours / theirs',
]

export function tableOf(trainings: readonly StoredTraining[]): string {
  const ours = trainings.filter(({ side }) => side === 'ours')
  const rows = qm9Targets.flatMap((target) =>
    ours
      .filter((one) => one.target === target)
      .flatMap((one) => {
        const peer = trainings.find((other) => other.side === 'peer' && comparable(one) === comparable(other))
        return peer === undefined ? [] : [rowOf(one, peer)]
      }),
  )
  return `# QM9

Mean absolute error on the test molecules, at the epoch (in brackets) with the lowest one on the validation molecules: ours beside
PyTorch Geometric, the same graphs, split, epochs and initial distribution. Made by \`npm run bench:qm9\` from the files in results/,
which have every epoch of both.

${markdownTable(head, rows)}
`
}

function comparable({ target, molecules, epochs, seed }: StoredTraining): string {
  return JSON.stringify([target, molecules, epochs.length, seed])
}

function rowOf(ours: StoredTraining, peer: StoredTraining): (string | number)[] {
  const { target, molecules, epochs, seed } = ours
  const [chosen, peerChosen] = [chosenEpoch(ours), chosenEpoch(peer)]
  return [
    target,
    units[target],
    `${molecules.train} / ${molecules.validation} / ${molecules.test}`,
    epochs.length,
    seed,
    `${chosen.testError.toPrecision(4)} (${chosen.epoch})`,
    `${peerChosen.testError.toPrecision(4)} (${peerChosen.epoch})`,
    (chosen.testError / peerChosen.testError).toFixed(3),
  ]
}
