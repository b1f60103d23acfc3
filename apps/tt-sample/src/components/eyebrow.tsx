import type {ReactNode} from 'react'

/** The monospaced line above a title, written like a line of code. */
export function Eyebrow({children}: {children: ReactNode}) {
  return <p className="mb-3 font-mono text-sm text-blue">{children}</p>
}
