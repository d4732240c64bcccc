import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'
import './tabs.css'

export interface TabsProps<K extends string> {
  readonly label: string
  readonly tabs: readonly { readonly id: K; readonly label: string; readonly content: ReactNode }[]
  readonly selected: K
  readonly onSelect: (id: K) => void
}

/** A row of tabs over a panel that fills the rest and scrolls by itself. */
export function Tabs<K extends string>({ label, tabs, selected, onSelect }: TabsProps<K>) {
  const select = (key: unknown) => {
    const tab = tabs.find((candidate) => candidate.id === key)
    if (tab) onSelect(tab.id)
  }
  return (
    <AriaTabs className="g-tabs" selectedKey={selected} onSelectionChange={select}>
      <TabList aria-label={label} className="g-tab-list">
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="g-tab">
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="g-tab-panel">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
