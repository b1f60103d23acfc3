import type {ReactNode} from 'react'

type Tone = 'plain' | 'blue' | 'ready' | 'attention' | 'problem'

const tones: Record<Tone, string> = {
  plain: 'bg-paper text-ink-soft',
  blue: 'bg-blue-wash text-blue',
  ready: 'bg-emerald-50 text-emerald-900 dark:bg-emerald-950 dark:text-emerald-200',
  attention: 'bg-amber-50 text-amber-900 dark:bg-amber-950 dark:text-amber-200',
  problem: 'bg-red-50 text-red-900 dark:bg-red-950 dark:text-red-200',
}

/** A word or two about the state or kind of something. */
export function Badge({tone = 'plain', children}: {tone?: Tone; children: ReactNode}) {
  return (
    <span
      className={`inline-block rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap ring-1 ring-current/25 ring-inset ${tones[tone]}`}
    >
      {children}
    </span>
  )
}
