import Link from 'next/link'
import type {ReactNode} from 'react'
import {BrandMark, BrandName} from './brand'
import type {Viewer} from './views'

/**
 * The top of every page.
 *
 * @param viewer null when signed out; undefined on pages that are built ahead and don't know who is looking
 */
export function Header({viewer}: {viewer: Viewer | null | undefined}) {
  return (
    <header className="border-b border-rule">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3 sm:px-8">
        <Link
          href="/"
          className="flex min-h-11 items-center gap-3"
          aria-label="Total TypeScript sample, home"
        >
          <BrandMark />
          <BrandName />
        </Link>
        <nav aria-label="Main" className="-mx-3 flex flex-wrap items-center text-sm">
          <span className="hidden sm:block">
            <HeaderLink href="/#courses">Courses</HeaderLink>
          </span>
          {viewer?.role === 'ADMIN' && <HeaderLink href="/admin">Admin</HeaderLink>}
          {viewer === null ? (
            <HeaderLink href="/sign-in">Sign in</HeaderLink>
          ) : (
            <HeaderLink href="/account">{viewer ? <SignedIn viewer={viewer} /> : 'Account'}</HeaderLink>
          )}
        </nav>
      </div>
    </header>
  )
}

function HeaderLink({href, children}: {href: string; children: ReactNode}) {
  return (
    <Link
      href={href}
      className="flex min-h-11 items-center px-3 font-semibold hover:text-blue hover:underline hover:underline-offset-4"
    >
      {children}
    </Link>
  )
}

function SignedIn({viewer}: {viewer: Viewer}) {
  const name = viewer.name ?? viewer.email
  return (
    <span className="flex items-center gap-2">
      <span
        aria-hidden="true"
        className="flex size-7 items-center justify-center rounded-full bg-blue-wash font-mono text-xs text-blue uppercase ring-1 ring-blue/30"
      >
        {name.slice(0, 1)}
      </span>
      <span className="sr-only sm:not-sr-only">
        Account
        <span className="sr-only">, signed in as {name}</span>
      </span>
    </span>
  )
}
