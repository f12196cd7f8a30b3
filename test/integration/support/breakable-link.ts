import { DatabaseError } from '../../../src/errors.ts'
import type { JobDatabase } from '../../../src/jobs/schedules.ts'

/** The database behind a link that the test can cut: then statements fail as they do when no server answers. */
export function breakableLink(target: JobDatabase) {
  let isCut = false
  const link: JobDatabase = {
    name: target.name,
    run: async (statement, names, params) => {
      if (isCut) throw new DatabaseError('Cannot reach Neo4j: no server answers')
      return target.run(statement, names, params)
    },
  }
  return {
    database: link,
    cut: () => {
      isCut = true
    },
    mend: () => {
      isCut = false
    },
  }
}
