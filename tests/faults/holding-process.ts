import { createCore } from '../../src/main/core/create-core.ts'
import { loopbackPlatform } from '../../src/main/hosts/loopback/platform.ts'
import { startLocalServer } from '../../src/main/hosts/local/server.ts'
import { Sessions } from '../../src/main/hosts/sessions.ts'
import { newId } from '../../src/shared/lib/id.ts'

// A Galley that has a library open and can be asked for, with one story in it. Says so, and waits to be stopped or killed.
const [library = ''] = process.argv.slice(2)
const core = await createCore({ library, platform: loopbackPlatform(library) })
await startLocalServer({ library, sessions: new Sessions(core), onSecondStart: () => null })
await core.dispatch(
  { id: 1, call: 'stories.create', input: { id: newId(), fields: { headline: 'Held' } } },
  { connectionId: 'holder', signal: new AbortController().signal }
)
process.stdout.write('holds\n')
