/** Names of what is in the database, as in the Python peer's `bench_pipeline.py`, and the configuration that scores it. */
import { parseConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/config/schema.ts'
import type { GraphShape } from '../../src/pipeline/create-graphs.ts'

export const graphShape: GraphShape = {
  graphLabel: 'Graph',
  commonLabel: 'Graph',
  graphKey: 'id',
  nodeLabel: 'Node',
  nodeKey: 'nodeId',
  membershipType: 'PART_OF',
  relationshipType: 'BOND',
}

/** Values of the members' `kind`. */
export const kinds = ['B', 'Br', 'C', 'Cl', 'F', 'N', 'O', 'S'] as const

/** Of the graphs; the peer has none. */
export const targetProperty = 'isOdd'

/** The peer's model: SMG-JK, 4 layers of 64, one-hot `kind` and plain `x`, 2 classes. Everything else as the product has it. */
export function scoringConfig(modelDirectory: string): Config {
  const { graphLabel, graphKey, nodeLabel, nodeKey, membershipType, relationshipType } = graphShape
  return parseConfig(
    {
      projection: {
        name: 'bench',
        graphLabel,
        graphKey,
        nodeLabels: [nodeLabel],
        nodeKey,
        membershipType,
        relationshipTypes: [relationshipType],
      },
      featureProperties: [
        { property: 'kind', encoding: 'oneHot' },
        { property: 'x', encoding: 'none' },
      ],
      targetProperty,
      model: { variant: 'smg-jk', layers: 4, hidden: 64 },
      modelDirectory,
    },
    'of bench:sync',
  )
}
