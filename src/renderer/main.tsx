import './styles/index.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { connect } from './host/connect.ts'
import { withoutWriting } from './quiet-keys.ts'
import { applyRememberedTheme } from './theme.ts'

applyRememberedTheme()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root')
const line = await connect()
// Dialogs and menus are drawn into the page's body.
withoutWriting(document.body)
createRoot(withoutWriting(root)).render(<App line={line} />)
