import { resolve } from 'node:path'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { dictionaryFiles } from './scripts/lib/dictionaries.mjs'
import { licencesFile } from './scripts/lib/licences.mjs'

export default defineConfig({
  main: {
    build: {
      target: 'node24.18',
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          headless: resolve('src/main/headless.ts'),
          cli: resolve('src/main/cli.ts'),
          'library-reader': resolve('src/main/core/store/reader/library-reader.ts'),
          'intake-worker': resolve('src/main/core/intake/intake-worker.ts'),
          'picture-worker': resolve('src/main/core/media/picture-worker.ts')
        }
      }
    }
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        // A sandboxed preload cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: 'src/renderer',
    plugins: [
      react(),
      // The components’ own words in thirty more languages are a tenth of all that is loaded; the desk speaks English.
      { ...optimizeLocales.vite({ locales: ['en-US', 'en-GB'] }), enforce: 'pre' },
      licencesFile(import.meta.dirname),
      dictionaryFiles(import.meta.dirname)
    ],
    // Engines that come in pieces are loaded by their worker piece by piece.
    worker: { format: 'es' },
    build: {
      minify: true,
      rolldownOptions: {
        input: resolve('src/renderer/index.html'),
        output: {
          // A hundred small files that are always loaded together are one: each costs a request of its own. Nothing that
          // is loaded on demand may be in it, nor what runs before the components (see begin.ts), so it takes no more
          // than what the names say.
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              {
                name: 'desk',
                test: /node_modules[\\/](?:lucide-react|react-aria|react-stately|@react-|@internationalized)|src[\\/]renderer[\\/](?:ui|api|strings)[\\/]/,
                minShareCount: 2
              }
            ]
          }
        }
      }
    }
  }
})
