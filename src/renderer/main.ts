import './styles/index.css'
import './trusted-types.ts'
import { takePageKey } from './host/page-key.ts'

// Whoever is let in and goes on at once to another address has its key.
takePageKey()
// Everything else is loaded only after the lines above have run, because a bundle runs modules shared by several others
// first.
await import('./begin.ts')
