import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', '**/node_modules/**'],
    environment: 'node',
    // Much of the time goes by in waiting: for servers with faults, for processes that start, for a real WordPress.
    maxWorkers: '200%',
    testTimeout: 20_000,
    // Hooks make libraries in processes of their own.
    hookTimeout: 60_000,
    // What tests start of Galley is compiled once, and not at each start.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') }
  }
})
