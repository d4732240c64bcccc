import { useAllCommands } from '../../api/commands.ts'
import { useStrings } from '../../strings/strings.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import './palette.css'

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useStrings().palette
  const commands = useAllCommands().filter((command) => command.keys)
  const groups = Object.entries(Object.groupBy(commands, (command) => command.group))
  return (
    <Dialog title={words.shortcuts} isOpen onClose={onClose} width="large">
      <div className="shortcuts">
        {groups.map(([group, members]) => (
          <section key={group} aria-label={group}>
            <h3 className="panel-title">{group}</h3>
            <dl>
              {members?.map((command) => (
                <div key={command.id} className="shortcut">
                  <dt>{command.title}</dt>
                  <dd>{command.keys && <Kbd keys={command.keys} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
