// npm run build: builds Galley, and marks it as built, so that nothing that needs a build makes it again.
import { buildAnew } from './lib/build.mjs'
import { requireNode } from './lib/places.mjs'

await buildAnew(requireNode())
