import Link from 'next/link'
import type {ButtonHTMLAttributes, ReactNode} from 'react'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'

const base =
  'inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-md px-5 py-2 text-center font-semibold no-underline disabled:cursor-not-allowed disabled:opacity-60'

const looks: Record<ButtonLook, string> = {
  primary: 'bg-blue text-on-blue hover:bg-blue-strong',
  secondary: 'border border-rule-strong bg-sheet text-ink hover:border-blue hover:text-blue',
  quiet: 'px-2 text-blue underline decoration-1 underline-offset-4 hover:decoration-2',
  danger: 'bg-problem text-on-blue hover:opacity-90',
}

/** A button that does something: it sits in a form. */
export function Button({
  look = 'primary',
  wide = false,
  children,
  type = 'submit',
  ...rest
}: {look?: ButtonLook; wide?: boolean} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) {
  return (
    <button type={type} className={`${base} ${looks[look]} ${wide ? 'w-full' : ''}`} {...rest}>
      {children}
    </button>
  )
}

/** A link that looks like a button: it goes somewhere, in this app or another. */
export function ButtonLink({
  href,
  look = 'primary',
  wide = false,
  children,
}: {
  href: string
  look?: ButtonLook
  wide?: boolean
  children: ReactNode
}) {
  const className = `${base} ${looks[look]} ${wide ? 'w-full' : ''}`
  if (!href.startsWith('/')) {
    return (
      <a href={href} className={className}>
        {children}
      </a>
    )
  }
  return (
    <Link href={href} className={className}>
      {children}
    </Link>
  )
}
