import { connect } from './host/connect.ts'
import { withoutWriting } from './quiet-keys.ts'
import { applyRememberedTheme } from './theme.ts'

applyRememberedTheme()
// Before the component library is loaded, which listens to the document from its first line.
withoutWriting(document)
const [line, { draw }] = await Promise.all([connect(), import('./draw.tsx')])
draw(line)
