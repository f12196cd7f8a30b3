/** Settings for what is on relationships: shown as comments, as only their owner knows what they mean. */
import type { Suggestion } from '../../config/config-text.ts'
import type { MembershipFit } from './membership-fit.ts'
import { propertySamples } from './sampled-values.ts'

const before = 'targetProperty'
const mostTexts = 50

export function edgeSuggestions(
  { graphs, relationshipTypes }: MembershipFit,
  isWritten: (property: string) => boolean,
): readonly Suggestion[] {
  const relationships = graphs
    .flatMap(({ members }) => members.flatMap((member) => member.relationships))
    .filter(({ type, target }) => target === 'here' && relationshipTypes.includes(type))
  const whole = propertySamples(relationships).filter(
    ({ name, count, distinct }) => count === relationships.length && distinct > 1 && !isWritten(name),
  )
  const numbers = whole.filter(({ type }) => type === 'FLOAT' || type === 'INTEGER')
  const weights = numbers.filter(({ values }) => values.every((value) => Number(value) >= 0))
  const texts = whole.filter(({ type, distinct }) => type === 'BOOLEAN' || (type === 'STRING' && distinct <= mostTexts))
  const features = [
    ...numbers.map(({ name }) => ({ property: name, encoding: 'standardize' })),
    ...texts.map(({ name }) => ({ property: name, encoding: 'oneHot' })),
  ]
  const [weight] = weights
  return [
    ...(weight === undefined ? [] : [{ before, settings: { relationshipWeightProperty: weight.name }, note: '' }]),
    ...(relationshipTypes.length > 1 ? [{ before, settings: { relationshipTypeWeights: true }, note: '' }] : []),
    ...(features.length > 0 ? [{ before, settings: { relationshipFeatureProperties: features }, note: '' }] : []),
  ]
}
