import type {ReactNode} from 'react'

/** What stands where a list would be, when there is nothing in it: why, and what to do next. */
export function EmptyState({title, children}: {title: string; children?: ReactNode}) {
  return (
    <div className="rounded-lg border border-dashed border-rule-strong px-5 py-10 text-center sm:px-8">
      <p className="font-serif text-lg font-semibold">{title}</p>
      {children && <div className="mx-auto mt-2 max-w-prose text-ink-soft">{children}</div>}
    </div>
  )
}
