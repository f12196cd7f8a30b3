import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/integration/support/slowest-first.ts'
import { integrationWorkers } from './test/integration/support/workers.ts'

// Two projects: `unit` needs nothing but Node and the native backend, `integration` a real Neo4j.
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/integration/**'],
          testTimeout: 60_000,
          // The first browser on a machine is fetched first.
          hookTimeout: 240_000,
          // Files share what they import: loading it anew for each took a third of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Servers and daemons are waited for, not measured.
          expect: { poll: { timeout: 60_000 } },
          maxWorkers: integrationWorkers,
          globalSetup: ['test/integration/global-setup.ts'],
          setupFiles: ['test/integration/support/no-open-handles.ts'],
        },
      },
    ],
  },
})
