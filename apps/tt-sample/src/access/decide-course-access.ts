import type {CourseAccess} from '../components/views'
import type {Database} from '../cross-app'
import {findPurchasesOf} from './find-open-purchase'

/** What someone reads whose purchase waits for a proof of the address. */
export const CONFIRM_EMAIL = {
  note: 'This course was bought without signing in. It opens when you follow the link in the receipt we mailed.',
  action: {label: 'Mail me another link', href: '/sign-in?callbackUrl=%2Faccount'},
}

/**
 * Whether this viewer may watch a course, and if not, what they are told. The only place that decides either.
 *
 * @param about a purchase that the reader is looking at: if the course is closed, its own reason is what they are told
 */
export async function decideCourseAccess(
  db: Database,
  course: {productId: string; slug: string; title: string},
  userId: string | null,
  about?: {purchaseId: string},
): Promise<CourseAccess> {
  const buy = {label: 'See the course', href: `/products/${course.slug}`}
  if (userId === null) {
    return {
      open: false,
      title: 'Sign in to watch',
      detail: `${course.title} opens for people who own it. If you do, sign in.`,
      action: {
        label: 'Sign in',
        href: `/sign-in?callbackUrl=${encodeURIComponent(`/courses/${course.slug}`)}`,
      },
    }
  }
  const all = await findPurchasesOf(db, userId, course.productId)
  if (all.some((purchase) => purchase.open)) return {open: true}
  const own = all.filter(({id}) => id === about?.purchaseId)
  const purchases = own.length > 0 ? own : all
  if (purchases.some(({status, proven}) => !proven && (status === 'Valid' || status === 'Restricted'))) {
    return {
      open: false,
      title: 'Confirm your email first',
      detail: CONFIRM_EMAIL.note,
      action: CONFIRM_EMAIL.action,
    }
  }
  if (purchases.some(({status}) => status === 'Disputed')) {
    return {
      open: false,
      title: 'On hold',
      detail: 'Your bank is looking into the payment for this course.',
      action: null,
    }
  }
  if (purchases.some(({status}) => status === 'Refunded')) {
    return {open: false, title: 'Refunded', detail: 'Your purchase of this course was refunded.', action: buy}
  }
  return {
    open: false,
    title: 'Not in your library yet',
    detail: `${course.title} opens for people who own it.`,
    action: buy,
  }
}
