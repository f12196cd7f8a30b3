/** The settings that a search tries. */
import type { Config, EvaluationSettings } from '../../config/schema.ts'
import { ConfigError } from '../../errors.ts'
import { createRandom, type Random } from '../../graph/random.ts'

type Search = EvaluationSettings['search']
type Parameters = Search['parameters']
export type ParameterName = keyof Parameters

/** One value of each parameter that is searched. */
export type TrialParameters = Readonly<Partial<Record<ParameterName, string | number>>>

export interface Trial {
  readonly parameters: TrialParameters
  readonly config: Config
}

/** Random combinations that are drawn before there seem to be no others. */
const drawsPerTrial = 100

/**
 * The configuration as it is, then others, no two alike: at most `maxTrials`.
 *
 * @param randomSeed of the values that are drawn
 * @throws ConfigError where there is nothing to search, a grid has a range, or more combinations than trials
 */
export function searchTrials(config: Config, randomSeed: number): Trial[] {
  const { search } = config.evaluation
  const space = parameterNames.flatMap((name) => {
    const values = search.parameters[name]
    return values === undefined ? [] : [{ name, values }]
  })
  if (space.length === 0)
    throw new ConfigError(
      `Cannot search: expected lists or ranges under evaluation.search.parameters, got none; give some, such as learningRate: {range: [0.0001, 0.01]}`,
    )
  const own: TrialParameters = Object.fromEntries(space.map(({ name }) => [name, valueIn(config, name)]))
  const others = search.strategy === 'grid' ? grid(space, search) : drawn(space, search, randomSeed)
  const distinct = new Map([own, ...others].map((parameters) => [JSON.stringify(parameters), parameters]))
  const trials = [...distinct.values()]
  if (search.strategy === 'grid' && trials.length > search.maxTrials)
    throw new ConfigError(
      `Cannot search a grid: expected at most maxTrials = ${search.maxTrials} combinations, got ${trials.length} with the configuration itself; raise maxTrials, shorten a list, or choose strategy random`,
    )
  return trials.slice(0, search.maxTrials).map((parameters) => ({ parameters, config: configured(config, parameters) }))
}

interface Dimension {
  readonly name: ParameterName
  readonly values: NonNullable<Parameters[ParameterName]>
}

const modelNames = ['variant', 'readout', 'layers', 'hidden', 'dropout'] as const
const trainingNames = ['batchSize', 'learningRate'] as const
const parameterNames = [...modelNames, ...trainingNames]
const wholeNumbers: ReadonlySet<ParameterName> = new Set(['layers', 'hidden', 'batchSize'])
/** What matters of them is the factor between two values. */
const logarithmic: ReadonlySet<ParameterName> = new Set(['learningRate', 'hidden', 'batchSize'])

function valueIn({ model, training }: Config, name: ParameterName): string | number {
  return name === 'batchSize' || name === 'learningRate' ? training[name] : model[name]
}

function configured(config: Config, parameters: TrialParameters): Config {
  const some = (names: readonly ParameterName[]) =>
    Object.fromEntries(names.flatMap((name) => (parameters[name] === undefined ? [] : [[name, parameters[name]]])))
  return {
    ...config,
    model: { ...config.model, ...some(modelNames) },
    training: { ...config.training, ...some(trainingNames) },
  }
}

function grid(space: readonly Dimension[], { strategy }: Search): TrialParameters[] {
  return space.reduce<TrialParameters[]>(
    (combinations, { name, values }) => {
      if ('range' in values)
        throw new ConfigError(
          `Cannot search a ${strategy}: expected a list of ${name}, got a range; give a list, or choose strategy random`,
        )
      return combinations.flatMap((some) => values.map((value) => ({ ...some, [name]: value })))
    },
    [{}],
  )
}

function drawn(space: readonly Dimension[], { maxTrials }: Search, randomSeed: number): TrialParameters[] {
  const random = createRandom(randomSeed, 'search')
  const distinct = new Map<string, TrialParameters>()
  for (let draw = 0; draw < maxTrials * drawsPerTrial && distinct.size < maxTrials; draw++) {
    const parameters = Object.fromEntries(space.map((dimension) => [dimension.name, drawFrom(dimension, random)]))
    distinct.set(JSON.stringify(parameters), parameters)
  }
  return [...distinct.values()]
}

function drawFrom({ name, values }: Dimension, random: Random): string | number {
  if (!('range' in values)) return values[random.nextBelow(values.length)] ?? ''
  const [first, last] = values.range
  const share = random.nextFloat()
  const value = logarithmic.has(name) ? first * (last / first) ** share : first + share * (last - first)
  return wholeNumbers.has(name) ? Math.round(value) : Number(value.toPrecision(3))
}
