import {type InputHTMLAttributes, useId} from 'react'

/** A labelled text input. The label is always visible; the hint and the error are read out with it. */
export function Field({
  label,
  hint,
  error,
  ...input
}: {label: string; hint?: string; error?: string} & Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'className' | 'id'
>) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        className="min-h-11 w-full rounded-md border border-rule-strong bg-sheet px-3 py-2 text-ink placeholder:text-ink-soft aria-invalid:border-problem"
        {...input}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm font-semibold text-problem">
          {error}
        </p>
      )}
    </div>
  )
}
