/** Begins with the files that take longest, so that no worker is left with one of them while the others have nothing to do. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those of more than half a minute on two cores. */
const slow = ['docs', 'tutorial', 'crash', 'interrupts', 'server-away', 'local-neo4j', 'property-projection', 'import']

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = slow.findIndex((name) => moduleId.endsWith(`/integration/${name}.test.ts`))
      return found === -1 ? slow.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
