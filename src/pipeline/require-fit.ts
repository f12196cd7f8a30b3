/** Whether a model on disk was made for what a configuration asks for. */
import type { Config, FeatureProperty } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import type { FeatureSchema } from '../graph/feature-schema.ts'
import type { TrainedModel } from '../model/model.ts'

/** @throws ConfigError where a model was made for other features, another target or another architecture. */
export function requireFit(model: TrainedModel, config: Config): void {
  const { options, featureSchema } = model
  const settings: readonly (readonly [string, unknown, unknown])[] = [
    ['targetProperty', model.targetProperty, config.targetProperty],
    ['orientation', model.orientation, config.projection.orientation],
    ['task', options.task, config.model.task],
    ['variant', options.variant, config.model.variant],
    ['readout', options.readout, config.model.readout],
    ['layers', options.layers, config.model.layers],
    ['hidden', options.hidden, config.model.hidden],
    ['inputProjection', options.inputProjection, config.model.inputProjection],
  ]
  const differences = settings
    .filter(([, made, asked]) => made !== asked)
    .map(([name, made, asked]) => `${name} ${String(made)}, the configuration asks for ${String(asked)}`)
  if (!featuresFit(featureSchema, config))
    differences.push(
      `the features ${describeSchema(featureSchema)}, the configuration asks for ${describeRequest(config)}`,
    )
  if (model.edgeSchema !== undefined) differences.push('edge attributes, which a projection has none of')
  if (model.targetProperties !== undefined)
    differences.push(
      `the targets ${model.targetProperties.join(', ')}, the configuration asks for ${config.targetProperty}`,
    )
  if (differences.length > 0)
    throw new ConfigError(
      `Cannot score with the model ${model.name}:${model.version}: it was trained with ${differences.join('; with ')}; train a new version with --retrain, or give the configuration another modelName`,
    )
}

/** Encoding and degree `auto` fit whatever the training data made of them. */
function featuresFit({ groups }: FeatureSchema, { featureProperties, degreeFeature }: Config): boolean {
  const properties = groups.filter((group) => 'property' in group)
  const degree = groups.find((group) => !('property' in group))
  const asked = degreeFeature === 'auto' ? (featureProperties.length > 0 ? 'none' : undefined) : degreeFeature
  const made = degree === undefined ? 'none' : degree.kind === 'degreeOneHot' ? 'oneHot' : 'standardize'
  return (
    properties.length === featureProperties.length &&
    properties.every((group, i) => fits(group, featureProperties[i])) &&
    (asked === undefined || asked === made)
  )
}

function fits(
  group: { readonly property: string; readonly kind: string },
  feature: FeatureProperty | undefined,
): boolean {
  return feature?.property === group.property && (feature.encoding === 'auto' || feature.encoding === group.kind)
}

function describeSchema({ groups }: FeatureSchema): string {
  return groups.map((group) => ('property' in group ? `${group.property} (${group.kind})` : 'degree')).join(', ')
}

function describeRequest({ featureProperties, degreeFeature }: Config): string {
  return [
    ...featureProperties.map(({ property, encoding }) => `${property} (${encoding})`),
    `degree (${degreeFeature})`,
  ].join(', ')
}
