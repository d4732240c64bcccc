import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The harness page; built to `EDITOR_HARNESS_OUT`, or a folder the version control ignores. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir:
      process.env['EDITOR_HARNESS_OUT'] ?? resolve(import.meta.dirname, '../../../node_modules/.cache/editor-harness'),
    emptyOutDir: true,
    minify: false
  }
})
