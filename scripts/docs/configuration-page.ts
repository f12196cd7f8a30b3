/** docs/configuration.md: every key of smg.config.yaml, from the one schema there is. */
import { flowYaml } from '../../src/config/config-text.ts'
import { parseConfig } from '../../src/config/load.ts'
import { configSchema, projectionKinds } from '../../src/config/schema.ts'
import { jsonSchemaOf, type Key, keysOf, type SchemaPart, typeOf } from './json-schema.ts'

/** What has to be given, for the sample of `npm start`; and keys without a default, to show how they are written. */
const needed = {
  projection: {
    kind: 'membership',
    name: 'cases',
    graphLabel: 'Case',
    graphKey: 'caseId',
    nodeLabels: ['Account'],
    nodeKey: 'accountId',
    membershipType: 'MEMBER_OF',
    relationshipTypes: ['PAID'],
  },
  featureProperties: ['kind', { property: 'shareForwarded', encoding: 'standardize' }],
  targetProperty: 'suspicious',
}
const withoutDefault = {
  neo4j: { uri: 'neo4j://localhost:7687', username: 'neo4j' },
  projection: { changedSinceProperty: 'changedAt' },
  relationshipWeightProperty: 'amount',
  training: { learningRateDecay: { every: 50, factor: 0.75 } },
  maskQuality: { truthProperty: 'inRing', minimumFidelityRatio: 1.5, minimumRocAuc: 0.9 },
}

const head = `# Configuration

<!-- Made by \`npm run docs\` from src/config/schema.ts: change it there. -->

All keys of \`smg.config.yaml\`. \`npx smg init\` writes a file that fits your database, with the same words as comments. Needed are \`projection\`
and \`targetProperty\`. A key that is not known is an error that names the nearest one. Another file is named with \`--config\`.

Address and credentials come from flags (\`-a -u -p -d\`), else from \`NEO4J_URI\`, \`NEO4J_USERNAME\`, \`NEO4J_PASSWORD\` and \`NEO4J_DATABASE\`, else
from \`neo4j\` in this file; without any, the local Neo4j is used. Folders are those beside which the command runs.

## All keys with their defaults

As for the sample of \`npm start\`. Keys that have no default (– below) are shown with a value that they may have:
${namesOf(withoutDefault)}.
`

/** Dotted names of the innermost keys. */
function namesOf(settings: object): string {
  const names = (value: object, prefix: string): string[] =>
    Object.entries(value).flatMap(([name, inner]) =>
      typeof inner === 'object' && name !== 'learningRateDecay'
        ? names(inner, `${prefix}${name}.`)
        : [`\`${prefix}${name}\``],
    )
  return names(settings, '').join(', ')
}

export function configurationPage(): string {
  const schema = jsonSchemaOf(configSchema)
  const { projection, ...others } = schema.properties
  const entries = Object.entries(others)
  const sections = entries.filter(([, part]) => Object.keys(part.properties).length > 0)
  const single = entries.filter(([, part]) => Object.keys(part.properties).length === 0)
  const [connection, ...rest] = sections.map(([name, part]) => section(name, part, keysOf(part)))
  return `${[
    head,
    `\`\`\`yaml\n${flowYaml(everyKey())}\`\`\`\n`,
    connection,
    projection === undefined ? '' : projectionSections(projection),
    section(undefined, schema, keysOf({ ...schema, properties: Object.fromEntries(single) })),
    ...rest,
  ].join('\n')}`
}

/** The settings of the sample, with all that is filled in, and with all that may be. */
function everyKey(): Readonly<Record<string, unknown>> {
  const { neo4j, projection, model, training, evaluation, maskQuality, writing, ...single } = parseConfig(
    { ...needed, ...withoutDefault, projection: { ...needed.projection, ...withoutDefault.projection } },
    'docs/configuration.md',
  )
  const { featureProperties: _asWritten, ...rest } = single
  return {
    neo4j,
    projection,
    featureProperties: needed.featureProperties,
    ...rest,
    model,
    training,
    evaluation,
    maskQuality,
    writing,
  }
}

function projectionSections({ description = '', oneOf }: SchemaPart): string {
  const [first, ...others] = oneOf.map(keysOf)
  const isCommon = ({ path, part }: Key) =>
    path !== 'kind' &&
    others.every((keys) => keys.some((key) => key.path === path && key.part.description === part.description))
  const common = (first ?? []).filter(isCommon)
  const kinds = oneOf.map((part, i) => {
    const kind = projectionKinds[i] ?? ''
    const own = keysOf(part).filter((key) => !common.some(({ path }) => path === key.path) && key.path !== 'kind')
    return `### Kind \`${kind}\`\n\n${part.properties['kind']?.description ?? ''}. [How it works](projections/${kind}.md)\n\n${table(own)}`
  })
  const kind = `| \`kind\` | ${projectionKinds.map((name) => `\`${name}\``).join(', ')} | \`membership\` | How graphs are found |`
  return [`## \`projection\`\n\n${description}. Keys of every kind:\n\n${table(common)}${kind}\n`, ...kinds].join('\n')
}

function section(name: string | undefined, { description = '' }: SchemaPart, keys: readonly Key[]): string {
  const title = name === undefined ? '## Features, target and models' : `## \`${name}\`\n\n${description}.`
  return `${title}\n\n${table(keys)}`
}

function table(keys: readonly Key[]): string {
  const rows = keys.map(({ path, part, isNeeded }) => {
    const [type, fallback] = [typeOf(part), defaultOf(part, isNeeded)]
    return `| \`${path}\` | ${type} | ${fallback} | ${part.description ?? ''} |`
  })
  return ['| key | value | default | |', '|---|---|---|---|', ...rows, ''].join('\n')
}

function defaultOf(part: SchemaPart, isNeeded: boolean): string {
  if (isNeeded) return 'needed'
  if (part.default !== undefined)
    return `\`${typeof part.default === 'string' ? part.default : JSON.stringify(part.default)}\``
  return '–'
}

/** Keys that the schema does not explain. */
export function unexplainedKeys(): string[] {
  const schema = jsonSchemaOf(configSchema)
  const kinds = schema.properties['projection']?.oneOf ?? []
  const all = [...keysOf(schema), ...kinds.flatMap(keysOf)]
  return all.filter(({ part }) => part.description === undefined).map(({ path }) => path)
}
