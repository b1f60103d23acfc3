import type {ReactNode} from 'react'

/** Something the reader should know before going on. A problem is announced at once, a hint is not. */
export function Notice({tone, children}: {tone: 'hint' | 'problem'; children: ReactNode}) {
  const look =
    tone === 'problem'
      ? 'border-red-700 bg-red-50 text-red-950 dark:border-red-400 dark:bg-red-950 dark:text-red-100'
      : 'border-blue bg-blue-wash text-ink'
  return (
    <div role={tone === 'problem' ? 'alert' : undefined} className={`border-l-4 px-4 py-3 text-sm ${look}`}>
      {children}
    </div>
  )
}
