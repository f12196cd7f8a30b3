/** The projections whose graphs can be looked at: the one of a configuration file, or all that the catalog knows. */
import type { Config } from '../../config/schema.ts'
import { SourceDataError } from '../../errors.ts'
import { readJobConfig } from '../../jobs/job-config.ts'
import type { Database } from '../../neo4j/database.ts'
import { findProjection } from '../../neo4j/job-catalogue.ts'
import { showModel } from '../../neo4j/model-catalogue.ts'
import type { ProjectionEntry } from '../../viewer/viewer-api.ts'

export interface ViewedProjections {
  readonly names: () => Promise<readonly string[]>
  /** @throws SourceDataError where there is none of that name; ConfigError where its configuration cannot be read */
  readonly config: (name: string) => Promise<Config>
}

export function projectionOfFile(config: Config): ViewedProjections {
  const { name } = config.projection
  return {
    names: async () => [name],
    config: async (wanted) => {
      if (wanted !== name) throw unknownProjection(wanted, [name])
      return config
    },
  }
}

export function projectionsOfCatalog(database: Database): ViewedProjections {
  const find = async (name: string) => (await database.run(findProjection, {}, { name }))[0]
  return {
    names: async () => (await find(''))?.names ?? [],
    config: async (name) => {
      const row = await find(name)
      if (row === undefined || !row.found) throw unknownProjection(name, row?.names ?? [])
      return readJobConfig(row.config, {
        where: `of projection '${name}'`,
        remedy: "run 'smg sync' with its configuration file once",
      })
    },
  }
}

export async function projectionEntry(database: Database, config: Config): Promise<ProjectionEntry> {
  const { projection, targetProperty, model } = config
  const [row] = await database.run(showModel, {}, { name: model.modelName, version: null })
  const classes = row?.model['classes']
  return {
    name: projection.name,
    targetProperty,
    classes: model.task === 'classification' && Array.isArray(classes) ? classes.map(String) : [],
  }
}

function unknownProjection(name: string, names: readonly string[]): SourceDataError {
  return new SourceDataError(
    `Cannot show graphs: expected one of the projections ${names.map((each) => `'${each}'`).join(', ')}, got '${name}'`,
  )
}
