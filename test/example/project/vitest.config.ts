import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['mock-suite/global-setup'],
    setupFiles: ['mock-suite/worker-env'],
  },
})
