import type { ReactNode } from 'react'
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps
} from 'react-aria-components'
import { useStrings } from '../strings/strings.ts'
import './field.css'

export interface FieldPartsProps {
  readonly label: string
  /** Set beside the label, at the far edge: a counter, a small action. */
  readonly aside?: ReactNode
  readonly description?: ReactNode
  readonly error?: string | null | undefined
  readonly bare?: boolean
  readonly children: ReactNode
}

/** Label above, control, then a description or the reason it is not right. For use inside a React Aria field. */
export function FieldParts({ label, aside, description, error, bare = false, children }: FieldPartsProps) {
  return (
    <>
      {!bare && (
        <span className="g-field-head">
          <Label className="g-label">{label}</Label>
          {aside && <span className="g-field-aside">{aside}</span>}
        </span>
      )}
      {children}
      {description && !error && (
        <Text slot="description" className="g-description">
          {description}
        </Text>
      )}
      <FieldError className="g-error">{error ?? undefined}</FieldError>
    </>
  )
}

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'className' | 'style' | 'children' | 'isInvalid' | 'value' | 'onChange'
> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly description?: ReactNode
  readonly aside?: ReactNode
  readonly error?: string | null | undefined
  /** A button waits for this field, and the field says so while it is empty. */
  readonly isNeeded?: boolean
  readonly placeholder?: string | undefined
  /** More than one line; the field grows with its text. */
  readonly multiline?: boolean
  readonly dir?: 'ltr' | 'rtl' | 'auto'
}

export function TextField({
  label,
  description,
  aside,
  error,
  isNeeded = false,
  placeholder,
  multiline,
  dir = 'auto',
  onKeyDown,
  ...props
}: TextFieldProps) {
  const words = useStrings().common
  const isMissing = isNeeded && props.value.trim() === ''
  return (
    <AriaTextField
      {...props}
      // React Aria lets no key pass by a field that listens; Escape is for the dialog around it, and others are for the
      // desk. A key that composes a word is for neither.
      {...(onKeyDown && {
        onKeyDown: (event) => {
          event.continuePropagation()
          if (!event.nativeEvent.isComposing) onKeyDown(event)
        }
      })}
      className="g-field"
      isInvalid={Boolean(error)}
      isRequired={isNeeded}
      validationBehavior="aria"
    >
      <FieldParts label={label} aside={isMissing ? words.needed : aside} description={description} error={error}>
        {multiline ? (
          <AriaTextArea className="g-input g-textarea" rows={2} dir={dir} {...(placeholder && { placeholder })} />
        ) : (
          <Input className="g-input" dir={dir} {...(placeholder && { placeholder })} />
        )}
      </FieldParts>
    </AriaTextField>
  )
}
