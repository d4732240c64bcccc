import { Copy, ExternalLink } from 'lucide-react'
import { useStrings } from '../../strings/strings.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { copy } from '../../ui/copy.ts'

/** The live page: a link that any window can open, and a button that copies its address. */
export function LiveAddress({ url }: { readonly url: string }) {
  const { publishing: words, common } = useStrings()
  return (
    <div className="outbox-actions">
      <ButtonLink size="small" icon={<ExternalLink />} href={url}>
        {words.openLive}
      </ButtonLink>
      <Button
        size="small"
        variant="quiet"
        icon={<Copy />}
        onPress={() => copy(url, { copied: words.copiedAddress, failed: common.copyFailed })}
      >
        {words.copyAddress}
      </Button>
    </div>
  )
}
