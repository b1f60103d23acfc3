import { bundle, courseByProductId } from '@sandbox/stack/catalogue'

const item = bundle.items.find(({ app }) => app === 'ai-hero')
if (!item) throw new Error('The bundle of the catalogue has no AI Hero course.')
const course = courseByProductId(item.productId)
const lesson = course.lessons[0]
if (!lesson) throw new Error('The AI Hero course of the catalogue has no lesson.')

/** The first lesson on AI Hero that the bundle opens, and the words only those who may read it see. */
export const firstLessonPath = `/courses/${course.slug}/${lesson.slug}`
export const firstLessonTitle = lesson.title
/** Without quotes and apostrophes, which HTML writes in several ways. */
export const firstLessonText = ((lesson.body[0] ?? '').split(/["'’“”&<>]/)[0] ?? '').slice(0, 60)
export const coursePath = `/courses/${course.slug}`
export const courseName = course.name
