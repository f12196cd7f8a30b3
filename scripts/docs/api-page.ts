/** docs/api.md: every export of the library with its signature and docstring, and the types that they name, from the sources. */
import { type Declaration, declarationOf, reexportsOf } from './declarations.ts'

interface Group {
  readonly title: string
  readonly about: string
  readonly names: readonly string[]
}

const groups: readonly Group[] = [
  {
    title: 'Settings and connection',
    about: 'Every call on a database takes an open `Database` and a `Config`. [All keys](configuration.md)',
    names: [
      ...[
        'loadConfig',
        'parseConfig',
        'Config',
        'connect',
        'ConnectOptions',
        'openDatabase',
        'ConnectionOptions',
        'Database',
      ],
      ...['resolveConnection', 'ConnectionSettings'],
    ],
  },
  {
    title: 'Graphs in a database',
    about: 'What the commands of the same names do.',
    names: [
      ...['sync', 'SyncOptions', 'SyncPhase', 'SyncResult', 'PlannedWrite', 'check', 'CheckOptions', 'CheckResult'],
      ...['estimate', 'EstimateOptions', 'Estimate', 'proposeConfig', 'ProposeOptions', 'ConfigProposal'],
      ...[
        'importDataset',
        'ImportOptions',
        'ImportResult',
        'predictStored',
        'StoredPredictions',
        'StoredPrediction',
        'Outcome',
      ],
      ...['whatIf', 'WhatIfQuestion', 'WhatIfResult', 'readMasks', 'GraphMasks', 'MemberMasks'],
      ...[
        'runDifference',
        'RunDifference',
        'PredictionChange',
        'removeEverything',
        'RemoveResult',
        'WorkEngine',
        'Key',
      ],
    ],
  },
  {
    title: 'Models in a database',
    about: 'As `smg models`. [Models and runs](models-and-runs.md)',
    names: [
      'describeModel',
      'promoteModel',
      'exportModel',
      'importModel',
      'ImportedModel',
      'removeModel',
      'DroppedModel',
    ],
  },
  {
    title: 'Pictures and reports',
    about: 'As `smg masks --svg` and the `report` commands. [Pictures and reports](pictures.md)',
    names: [
      ...['readViewedGraph', 'ViewedGraph', 'ViewedNode', 'ViewedEdge', 'maskPicture', 'MaskPictureOptions'],
      ...['pictureAsPng', 'PngOptions', 'trainingReport', 'runReport', 'evaluationReportOf'],
    ],
  },
  {
    title: 'Graphology graphs, without a database',
    about: 'A program that uses them, and how edges count: [as a library](library.md).',
    names: [
      ...[
        'createModel',
        'CreateModelOptions',
        'AttributeFeature',
        'GraphModel',
        'fit',
        'FitOptions',
        'TrainingSettings',
      ],
      ...[
        'MaskQualitySettings',
        'CallOptions',
        'GraphInput',
        'GraphEntry',
        'GraphologyGraph',
        'predict',
        'GraphPredictOptions',
      ],
      ...[
        'GraphPrediction',
        'Unseen',
        'openPredictor',
        'GraphPredictor',
        'MaskOptions',
        'PerGraph',
        'NodeMasks',
        'NodeMask',
      ],
      ...[
        'BatchLimits',
        'TrainedModel',
        'EpochRecord',
        'MaskQuality',
        'saveModel',
        'loadModel',
        'listModels',
        'nextVersion',
      ],
    ],
  },
  {
    title: 'Errors',
    about: 'What is expected to be caught; `exitCode` is that of the command.',
    names: [
      ...['SmgError', 'ConfigError', 'SourceDataError', 'DatabaseError', 'ServerMemoryError', 'ModelFileError'],
      ...['NotFiniteError', 'InterruptedError'],
    ],
  },
]

const head = `# API

<!-- Made by \`npm run docs\` from src/index.ts and what it exports: change it there. -->

What \`import { … } from 'soft-mask-neo4j'\` gives. N are the nodes of a graph, E its edges, K layers, H hidden units, C classes or targets.
`

/** @throws Error where an export is in no group, in two, or not there */
export function apiPage(): string {
  const exported = reexportsOf('src/index.ts')
  requireGrouped(exported.map(({ name }) => name))
  const byName = new Map(exported.map((place) => [place.name, declarationOf(place)]))
  const sections = groups.map(({ title, about, names }) => {
    const declarations = names.flatMap((name) => byName.get(name) ?? [])
    return [`## ${title}\n\n${about}\n`, ...declarations.map(entry)].join('\n')
  })
  const others = mentionedBy([...byName.values()]).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const more = `## Types that those name\n\nNot exported by name; \`Parameters\`, \`ReturnType\` and indexed types of TypeScript reach them.\n`
  return [head, ...sections, more, ...others.map(entry)].join('\n')
}

function requireGrouped(exported: readonly string[]): void {
  const grouped = groups.flatMap(({ names }) => names)
  const wrong = [
    ...exported.filter((name) => !grouped.includes(name)),
    ...grouped.filter((name, i) => !exported.includes(name) || grouped.indexOf(name) !== i),
  ]
  if (wrong.length > 0)
    throw new Error(
      `Cannot make docs/api.md: expected each export in one group of scripts/docs/api-page.ts, got ${wrong.join(', ')}`,
    )
}

function entry({ name, text, doc }: Declaration): string {
  const title = /^(async )?function /.test(text) ? `${name}()` : name
  return [`### ${title}\n`, ...(doc === '' ? [] : [`${doc}\n`]), `\`\`\`ts\n${text}\n\`\`\`\n`].join('\n')
}

/** The declarations that others name, and those that these name, each once. */
function mentionedBy(declarations: readonly Declaration[]): Declaration[] {
  const known = new Set(declarations.map(({ name, file }) => `${file} ${name}`))
  const found: Declaration[] = []
  const queue = declarations.flatMap(({ mentions }) => mentions)
  for (const place of queue) {
    const declaration = declarationOf(place)
    const key = `${declaration.file} ${declaration.name}`
    if (known.has(key)) continue
    known.add(key)
    found.push(declaration)
    queue.push(...declaration.mentions)
  }
  return found
}
