import {ButtonLink} from './button'
import type {CourseAccess} from './views'

/** Stands where the course would be: why it is closed, in the server's words, and the way in. */
export function CourseClosed({access}: {access: Extract<CourseAccess, {open: false}>}) {
  return (
    <section className="rounded-lg border border-blue/40 bg-blue-wash p-6 sm:p-8" data-access="closed">
      <h2 className="font-serif text-xl font-semibold tracking-tight">{access.title}</h2>
      <p className="mt-2 max-w-prose text-ink-soft">{access.detail}</p>
      {access.action && (
        <p className="mt-6">
          <ButtonLink href={access.action.href}>{access.action.label}</ButtonLink>
        </p>
      )}
    </section>
  )
}
