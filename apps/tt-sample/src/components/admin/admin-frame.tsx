import Head from 'next/head'
import Link from 'next/link'
import type {ReactNode} from 'react'
import {Layout} from '../layout'
import type {Viewer} from '../views'

const sections = [
  {key: 'overview', label: 'Overview', href: '/admin'},
  {key: 'syncs', label: 'Syncs', href: '/admin/syncs'},
  {key: 'people', label: 'People', href: '/admin/people'},
  {key: 'alerts', label: 'Alerts', href: '/admin/alerts'},
] as const

export type AdminSection = (typeof sections)[number]['key']

/**
 * The frame of support's pages: denser than the shop, with its parts along the top.
 *
 * @param heading the page's one first-level heading; `title` when left out
 */
export function AdminFrame({
  title,
  heading,
  lead,
  section,
  viewer,
  children,
}: {
  title: string
  heading?: ReactNode
  lead?: ReactNode
  section: AdminSection
  viewer: Viewer
  children: ReactNode
}) {
  return (
    <Layout title={`${title} · Admin`} viewer={viewer}>
      <Head>
        <meta name="robots" content="noindex" />
      </Head>
      <nav aria-label="Admin" className="-mt-4 mb-8 border-b border-rule sm:-mt-8">
        <ul className="-mb-px flex flex-wrap gap-x-2">
          {sections.map(({key, label, href}) => (
            <li key={key}>
              <Link
                href={href}
                aria-current={key === section ? 'page' : undefined}
                className="flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm font-semibold text-ink-soft hover:text-blue aria-[current=page]:border-blue aria-[current=page]:text-blue"
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <header className="mb-8 max-w-3xl">
        <h1 className="font-serif text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">
          {heading ?? title}
        </h1>
        {lead && <div className="mt-2 text-ink-soft">{lead}</div>}
      </header>
      {children}
    </Layout>
  )
}
