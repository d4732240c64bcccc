import { useEffect } from 'react'
import { HardDrive } from 'lucide-react'
import { navigate } from '../../api/router.ts'
import { useSettings } from '../../api/desk.tsx'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import './recovery.css'

const LOOK_EVERY = 60_000

/** In the status bar, while backups should go to a second folder and do not: that it is so, and the way to why. */
export function BackupStatus() {
  const words = useStrings().recovery.second
  const { backupFolder } = useSettings()
  const { data, reload } = useCall(
    async (call, signal) => (backupFolder === '' ? null : await call.recovery.state({}, signal)),
    [backupFolder]
  )
  useEffect(() => {
    if (backupFolder === '') return undefined
    const timer = setInterval(reload, LOOK_EVERY)
    return () => clearInterval(timer)
  }, [backupFolder, reload])
  if (!data?.second.problem) return null
  return (
    <span className="recovery-status">
      <Button
        size="small"
        variant="quiet"
        icon={<HardDrive aria-hidden />}
        onPress={() => navigate({ name: 'recovery' })}
      >
        {words.status}
      </Button>
    </span>
  )
}
