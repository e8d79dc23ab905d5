import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Where CI wants the counts: of this run, not of those that tests start. */
const results = process.env.VITEST_JSON
delete process.env.VITEST_JSON

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/alone.ts'],
    // A project of its own, whose tests run where it is installed: test/example/run.sh.
    exclude: ['**/node_modules/**', 'test/example/**'],
    // A hang must not hang the suite; nothing here waits this long on purpose.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    sequence: { shuffle: true },
    // Not threads: while one starts a process, what listens in another is in that process too, for as long as it takes, and cannot be shut.
    pool: 'forks',
    // Two on two cores: many a file waits for processes of its own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
})
