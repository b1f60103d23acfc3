import type {OwnCourse} from '../components/views'
import type {Database} from '../cross-app'
import {decideCourseAccess} from './decide-course-access'

/**
 * The courses of this app that a product contains, and whether this viewer may watch each.
 *
 * @param purchaseId the purchase that is shown with them: why a course of it is closed is its own matter
 * @param userId null: nobody is signed in, as right after a guest's checkout
 */
export async function listOwnCourses(
  db: Database,
  {productId, userId, purchaseId}: {productId: string; userId: string | null; purchaseId?: string},
): Promise<OwnCourse[]> {
  const items = await db.bundleItem.findMany({
    where: {productId, targetApp: 'total-typescript'},
    orderBy: {position: 'asc'},
  })
  const pages = await db.contentPage.findMany({
    where: {kind: 'course', productId: {in: [productId, ...items.map((item) => item.targetProductId)]}},
    orderBy: {position: 'asc'},
  })
  return Promise.all(
    pages.map(async (page) => {
      const access = await decideCourseAccess(
        db,
        page,
        userId,
        purchaseId === undefined ? undefined : {purchaseId},
      )
      return {
        slug: page.slug,
        title: page.title,
        open: access.open,
        note: access.open ? null : access.detail,
        action: access.open ? {label: 'Start the course', href: `/courses/${page.slug}`} : access.action,
      }
    }),
  )
}
