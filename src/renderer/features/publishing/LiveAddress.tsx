import { Copy, ExternalLink } from 'lucide-react'
import { useStrings } from '../../strings/strings.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'

/** The page that readers see: a link that any window can open, and its address for the clipboard. */
export function LiveAddress({ url }: { readonly url: string }) {
  const words = useStrings().publishing
  return (
    <div className="outbox-actions">
      <ButtonLink size="small" icon={<ExternalLink />} href={url}>
        {words.openLive}
      </ButtonLink>
      <Button
        size="small"
        variant="quiet"
        icon={<Copy />}
        onPress={() => void navigator.clipboard.writeText(url).then(() => toast({ text: words.copiedAddress }))}
      >
        {words.copyAddress}
      </Button>
    </div>
  )
}
