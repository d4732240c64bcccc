import { registerHooks } from 'node:module'

/**
 * `import 'electron'` and `require('electron')` answer the stand-in, in the app's bundle and in Playwright's questions
 * alike.
 */
const standIn = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: standIn, shortCircuit: true }
      : next(specifier, context)
})
