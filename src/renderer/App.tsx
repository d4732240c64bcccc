import { I18nProvider } from 'react-aria-components'
import { ApiProvider, type Line } from './api/api.tsx'
import { DeskProvider } from './api/desk.tsx'
import { SlotsProvider } from './api/slots.tsx'
import { Desk } from './Desk.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { slots } from './fill-slots.ts'
import { language } from './strings/strings.ts'
import { ToastRegion } from './ui/Toast.tsx'

/** Composes the desk. Features do not know each other; what one lends another goes through the slots. */
export function App({ line }: { readonly line: Line }) {
  return (
    <I18nProvider locale={language.locale}>
      <ApiProvider line={line}>
        <DeskProvider>
          <SlotsProvider slots={slots}>
            <ErrorBoundary>
              <Desk />
            </ErrorBoundary>
            <ToastRegion />
          </SlotsProvider>
        </DeskProvider>
      </ApiProvider>
    </I18nProvider>
  )
}
