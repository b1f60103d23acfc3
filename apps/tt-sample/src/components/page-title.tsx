import type {ReactNode} from 'react'
import {Eyebrow} from './eyebrow'

/** The one first-level heading of a page, with its line of code above and a sentence below. */
export function PageTitle({
  eyebrow,
  title,
  children,
}: {
  eyebrow: string
  title: string
  children?: ReactNode
}) {
  return (
    <header className="mb-8 max-w-2xl sm:mb-12">
      <Eyebrow>{eyebrow}</Eyebrow>
      <h1 className="font-serif text-3xl font-semibold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
      {children && <div className="mt-4 text-lg text-ink-soft">{children}</div>}
    </header>
  )
}

/** The heading of a part of a page. */
export function SectionTitle({id, children}: {id?: string; children: ReactNode}) {
  return (
    <h2 id={id} className="mb-4 font-serif text-xl font-semibold tracking-tight">
      {children}
    </h2>
  )
}
