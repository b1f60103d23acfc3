import type {ReactNode} from 'react'

/** A sheet of paper lying on the page. */
export function Card({
  children,
  as: Tag = 'div',
}: {
  children: ReactNode
  as?: 'div' | 'section' | 'article' | 'li'
}) {
  return <Tag className="min-w-0 rounded-lg border border-rule bg-sheet p-5 sm:p-8">{children}</Tag>
}
