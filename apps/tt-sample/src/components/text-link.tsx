import Link from 'next/link'
import type {ReactNode} from 'react'

/** A link inside running text. */
export function TextLink({href, children}: {href: string; children: ReactNode}) {
  return (
    <Link
      href={href}
      className="font-semibold text-blue underline decoration-1 underline-offset-4 hover:decoration-2"
    >
      {children}
    </Link>
  )
}
