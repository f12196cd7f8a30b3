/** Whether a model on disk was made for what a configuration asks for. */
import type { Config, FeatureProperty } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import type { FeatureSchema, PropertyGroup } from '../graph/feature-schema.ts'
import type { TrainedModel } from '../model/model.ts'
import { relationshipType } from './relationship-options.ts'

/** @throws ConfigError where a model was made for other features, another target or another architecture. */
export function requireFit(model: TrainedModel, config: Config): void {
  const { options, featureSchema, edgeSchema } = model
  const settings: readonly (readonly [string, unknown, unknown])[] = [
    ['targetProperty', model.targetProperty, config.targetProperty],
    ['orientation', model.orientation, config.projection.orientation],
    ['task', options.task, config.model.task],
    ['variant', options.variant, config.model.variant],
    ['readout', options.readout, config.model.readout],
    ['layers', options.layers, config.model.layers],
    ['hidden', options.hidden, config.model.hidden],
    ['inputProjection', options.inputProjection, config.model.inputProjection],
    ['relationshipWeightProperty', edgeSchema?.weight ?? 'none', config.relationshipWeightProperty ?? 'none'],
    ['relationshipTypeWeights', edgeSchema?.type?.property === relationshipType, config.relationshipTypeWeights],
    ...(config.relationshipFeatureProperties.length === 0
      ? []
      : [['edgeHidden', options.edgeHidden, config.model.edgeHidden] as const]),
  ]
  const differences = settings
    .filter(([, made, asked]) => made !== asked)
    .map(([name, made, asked]) => `${name} ${String(made)}, the configuration asks for ${String(asked)}`)
  if (!featuresFit(featureSchema, config))
    differences.push(
      `the features ${describeSchema(featureSchema)}, the configuration asks for ${describeRequest(config)}`,
    )
  if (!propertiesFit(edgeSchema?.features ?? [], config.relationshipFeatureProperties))
    differences.push(
      `the relationship features ${describeGroups(edgeSchema?.features ?? [])}, the configuration asks for ${describeProperties(config.relationshipFeatureProperties)}`,
    )
  if (edgeSchema?.type != null && edgeSchema.type.property !== relationshipType)
    differences.push(`a type by the edge attribute ${edgeSchema.type.property}, which a projection has none of`)
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
  return propertiesFit(properties, featureProperties) && (asked === undefined || asked === made)
}

function propertiesFit(groups: readonly PropertyGroup[], asked: readonly FeatureProperty[]): boolean {
  return groups.length === asked.length && groups.every((group, i) => fits(group, asked[i]))
}

function fits(
  group: { readonly property: string; readonly kind: string },
  feature: FeatureProperty | undefined,
): boolean {
  return feature?.property === group.property && (feature.encoding === 'auto' || feature.encoding === group.kind)
}

function describeSchema({ groups }: FeatureSchema): string {
  return groups.map((group) => ('property' in group ? describeGroups([group]) : 'degree')).join(', ')
}

function describeGroups(groups: readonly PropertyGroup[]): string {
  return groups.length === 0 ? 'none' : groups.map(({ property, kind }) => `${property} (${kind})`).join(', ')
}

function describeRequest({ featureProperties, degreeFeature }: Config): string {
  return [...featureProperties.map((feature) => describeProperties([feature])), `degree (${degreeFeature})`].join(', ')
}

function describeProperties(properties: readonly FeatureProperty[]): string {
  return properties.length === 0
    ? 'none'
    : properties.map(({ property, encoding }) => `${property} (${encoding})`).join(', ')
}
