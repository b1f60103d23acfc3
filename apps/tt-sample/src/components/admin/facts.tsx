import type {ReactNode} from 'react'

/** A list of names and values. */
export function Facts({children}: {children: ReactNode}) {
  return <dl className="grid gap-4 text-sm">{children}</dl>
}

export function Fact({name, children}: {name: string; children: ReactNode}) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  )
}

/** An id as support copies it. */
export function Id({children}: {children: string}) {
  return <span className="font-mono text-xs [overflow-wrap:anywhere]">{children}</span>
}
