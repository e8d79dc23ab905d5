import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A hang must not hang the suite; nothing here waits this long on purpose.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    sequence: { shuffle: true },
    pool: 'threads',
  },
})
