import Head from 'next/head'
import type {ReactNode} from 'react'
import {Header} from './header'
import type {Viewer} from './views'

/**
 * The frame of every page: title, skip link, header, content, footer.
 *
 * @param viewer see `Header`
 * @param width `reading` keeps lines short, for text and forms
 */
export function Layout({
  title,
  description,
  viewer,
  width = 'full',
  children,
}: {
  title: string
  description?: string
  viewer: Viewer | null | undefined
  width?: 'full' | 'reading'
  children: ReactNode
}) {
  return (
    <>
      <Head>
        <title>{`${title} · Total TypeScript sample`}</title>
        {description && <meta name="description" content={description} />}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <a
        href="#content"
        className="sr-only bg-blue text-on-blue focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:rounded-md focus:px-4 focus:py-3 focus:font-semibold"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh flex-col">
        <Header viewer={viewer} />
        <main
          id="content"
          tabIndex={-1}
          className={`mx-auto w-full flex-1 px-5 py-10 outline-none sm:px-8 sm:py-16 ${width === 'reading' ? 'max-w-3xl' : 'max-w-6xl'}`}
        >
          {children}
        </main>
        <Footer />
      </div>
    </>
  )
}

function Footer() {
  return (
    <footer className="border-t border-rule">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap justify-between gap-x-8 gap-y-2 px-5 py-8 text-sm text-ink-soft sm:px-8">
        <p>A reference shop: it sells here, and opens courses on AI Hero.</p>
        <p className="font-mono text-xs">apps/tt-sample</p>
      </div>
    </footer>
  )
}
