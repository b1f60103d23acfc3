import {type MouseEvent, type ReactNode, useEffect, useRef, useState} from 'react'
import {Button, type ButtonLook} from './button'

/**
 * The button of a form that leaves the page. It says that something is happening and ignores a second press;
 * without JavaScript it is a plain button.
 */
export function SubmitButton({
  children,
  busyLabel,
  look,
  wide,
}: {
  children: ReactNode
  busyLabel: string
  look?: ButtonLook
  wide?: boolean
}) {
  const [busy, setBusy] = useState(false)
  const place = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    const form = place.current?.closest('form')
    const onSubmit = () => setBusy(true)
    // The browser's Back button may bring this page back exactly as it was left.
    const onShow = () => setBusy(false)
    form?.addEventListener('submit', onSubmit)
    window.addEventListener('pageshow', onShow)
    return () => {
      form?.removeEventListener('submit', onSubmit)
      window.removeEventListener('pageshow', onShow)
    }
  }, [])

  return (
    <Button
      look={look}
      wide={wide}
      aria-disabled={busy || undefined}
      onClick={(event: MouseEvent) => {
        if (busy) event.preventDefault()
      }}
    >
      <span ref={place} aria-live="polite">
        {busy ? busyLabel : children}
      </span>
    </Button>
  )
}
