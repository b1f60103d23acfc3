import {typeName} from './type-name'
import type {ProductCardView} from './views'

/**
 * The bundle as its readers would write it: an intersection of the courses in it.
 * An ornament: everything it says stands on the page in plain words too.
 */
export function BundleType({bundle}: {bundle: ProductCardView}) {
  return (
    <pre
      aria-hidden="true"
      className="hidden border-l-2 border-blue/40 py-2 pl-6 font-mono text-sm leading-7 text-ink-soft lg:block"
    >
      <span className="text-blue">type</span> <span className="text-ink">{typeName(bundle.title)}</span> =
      {bundle.includes.map((course) => (
        <span key={course.title} className="block">
          {'  '}
          <span className="text-blue">&amp;</span> <span className="text-ink">{typeName(course.title)}</span>
          {course.app === 'ai-hero' ? '  // on AI Hero' : '  // here'}
        </span>
      ))}
    </pre>
  )
}
