import './styles/index.css'
import './trusted-types.ts'
import { takePageKey } from './host/page-key.ts'

// Whoever is let in and goes on at once to another address has its key.
takePageKey()
// Everything else is loaded after what is said above holds: a bundle runs what several modules share before the first
// of them.
await import('./begin.ts')
