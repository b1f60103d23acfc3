import {Badge} from './badge'
import {ButtonLink} from './button'
import type {OwnCourse} from './views'

/** The courses of this site that came with a purchase. */
export function OwnCourses({courses}: {courses: OwnCourse[]}) {
  return (
    <ul className="divide-y divide-rule border-t border-rule">
      {courses.map((course) => (
        <li
          key={course.slug}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-5 last:pb-0"
        >
          <div className="min-w-0 flex-1 basis-60">
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <p className="font-semibold">{course.title}</p>
              <Badge tone={course.open ? 'ready' : 'plain'}>{course.open ? 'Open' : 'Closed'}</Badge>
            </div>
            {course.note && <p className="mt-1 max-w-prose text-sm text-ink-soft">{course.note}</p>}
          </div>
          {course.action && (
            <ButtonLink href={course.action.href} look={course.open ? 'primary' : 'secondary'}>
              {course.action.label}
              <span className="sr-only">: {course.title}</span>
            </ButtonLink>
          )}
        </li>
      ))}
    </ul>
  )
}
