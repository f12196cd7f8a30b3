/** QM9 in the words of a database: (:Atom)-[:PART_OF]->(:Molecule:QM9) and (:Atom)-[:BOND]->(:Atom). */
import { defaultQm9Seed, openQm9 } from '../graph/qm9.ts'
import type { Molecule, Qm9Report, Qm9Target } from '../graph/qm9-types.ts'
import type { GraphShape, KeyedGraph } from './create-graphs.ts'
import {
  type DatasetOptions,
  type DatasetSettings,
  namedShape,
  projectionOf,
  type Qm9Choice,
  type StoredDataset,
} from './stored-dataset.ts'

const name = 'QM9'
const graphKey = 'moleculeId'
const nodeKey = 'atomId'

export async function storedQm9(path: string, options: DatasetOptions): Promise<StoredDataset> {
  const { report, molecules } = await openQm9(path, options)
  const shape = namedShape(defaultShape, options.names)
  return {
    name,
    shape,
    settings: settingsFor(shape, options.target ?? 'mu'),
    report,
    graphCount: report.molecules,
    summary: `${name}: ${report.molecules} molecules, ${report.atoms} atoms, ${report.bonds} bonds.`,
    notes: notesOn(report, options),
    graphs: async function* () {
      for await (const molecule of molecules()) yield keyedMolecule(molecule)
    },
    close: async () => undefined,
  }
}

const defaultShape: GraphShape = {
  graphLabel: name,
  commonLabel: 'Molecule',
  graphKey,
  nodeLabel: 'Atom',
  nodeKey,
  membershipType: 'PART_OF',
  relationshipType: 'BOND',
}

/** Keys are `QM9-1` of a molecule, by its number, and `QM9-1-0` of an atom, by its place from 0. */
function keyedMolecule({ id, smiles, targets, elements, bonds }: Molecule): KeyedGraph {
  const key = `${name}-${id}`
  return {
    key,
    properties: { [graphKey]: key, smiles, ...targets },
    members: elements.map((element, place) => ({ [nodeKey]: `${key}-${place}`, element })),
    relationships: bonds.map(({ source, target, type, distance }) => [
      BigInt(source),
      BigInt(target),
      { bondType: type, distance },
    ]),
  }
}

/** The model of the paper: layers, units, batch and learning rate as it gives them for QM9. */
function settingsFor(shape: GraphShape, target: Qm9Target): DatasetSettings {
  return {
    projection: projectionOf(shape, { name: 'qm9', orientation: 'UNDIRECTED' }),
    featureProperties: [{ property: 'element', encoding: 'oneHot' }],
    relationshipFeatureProperties: [
      { property: 'bondType', encoding: 'oneHot' },
      { property: 'distance', encoding: 'standardize' },
    ],
    targetProperty: target,
    model: { modelName: `${name}-${target}`, task: 'regression', variant: 'm-smg-jk', layers: 3, hidden: 64 },
    training: { batchSize: 64, learningRate: 5e-4, learningRateDecay: { every: 30, factor: 0.8 } },
  }
}

function notesOn({ molecules, listed, withoutCoordinates }: Qm9Report, { randomSeed, limit }: Qm9Choice): string[] {
  const missing = withoutCoordinates.length
  return [
    ...(missing > 0
      ? [
          `Left out: ${missing} of ${listed} molecules, which have no coordinates (${withoutCoordinates.map((id) => `${name}-${id}`).join(', ')}).`,
        ]
      : []),
    ...(limit === undefined
      ? []
      : [`${molecules} of ${listed - missing} molecules, a sample with randomSeed ${randomSeed ?? defaultQm9Seed}.`]),
    'Coordinates became the distances of bonds; they and the rotational constants are not kept.',
  ]
}
