import { useStrings } from '../../../strings/strings.ts'
import { isAtFieldEdge } from '../../field-edges.ts'
import { PlainText } from '../../PlainText.tsx'
import { RunsField } from '../../RunsField.tsx'
import type { BlockViewProps } from '../editor-block.ts'
import { focusField, leaveBlock } from '../fields.ts'
import { useBlockChange } from '../use-block-change.ts'
import { $isAttributedQuote, type AttributedQuote } from './AttributedQuoteNode.ts'

/** A quotation as readers see it, with words and speaker edited in place. */
export function AttributedQuoteView({ lexical, decoration: { key, content }, editable }: BlockViewProps) {
  const { runs, speaker } = content as AttributedQuote
  const { body: words } = useStrings()
  const change = useBlockChange(lexical, key, $isAttributedQuote)
  return (
    <figure className="body-attributed-quote-figure">
      <blockquote>
        <RunsField
          body={lexical}
          label={words.quoteWords}
          part="words"
          placeholder={words.quoteWords}
          runs={runs}
          editable={editable}
          onChange={(next, isStep) =>
            change(isStep ? null : 'words', (node) => node.setQuote({ ...node.getQuote(), runs: next }))
          }
          onKey={(event, field) => {
            if (event.key === 'Enter' || (event.key === 'ArrowDown' && isAtFieldEdge(field, event.key)))
              return focusField(field, 1)
            return event.key === 'Escape' || (event.key === 'ArrowUp' && isAtFieldEdge(field, event.key))
              ? leaveBlock(lexical, key, event.key)
              : false
          }}
        />
      </blockquote>
      <figcaption>
        <PlainText
          label={words.speaker}
          part="speaker"
          placeholder={words.speaker}
          className="body-speaker"
          value={speaker}
          editable={editable}
          onChange={(next) => change('speaker', (node) => node.setQuote({ ...node.getQuote(), speaker: next }))}
          onEnter={() => leaveBlock(lexical, key, 'Enter')}
        />
      </figcaption>
    </figure>
  )
}
