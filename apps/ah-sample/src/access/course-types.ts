import type { GrantDescription } from '@/cross-app'

/** A course in the catalogue, as one viewer sees it. */
export type CourseSummary = {
	slug: string
	title: string
	tagline: string
	lessonCount: number
	minutes: number
	hasAccess: boolean
	productId: string
	/** Integer minor units; null when it is not sold here. */
	price: { amount: number; currency: string } | null
}

export type LessonSummary = { slug: string; title: string; minutes: number }

/** Why a course is closed for this viewer. */
export type CourseLock =
	| { reason: 'signed-out' }
	| { reason: 'grant'; grant: GrantDescription }
	| { reason: 'not-owned' }

export type Course = CourseSummary & {
	description: string
	lessons: LessonSummary[]
	/** Null when it is open. */
	lock: CourseLock | null
}

/** The text is there only for those who may read it. */
export type LessonPage =
	| { kind: 'open'; course: Course; lesson: LessonSummary & { body: string[] } }
	| { kind: 'locked'; course: Course; lesson: LessonSummary; lock: CourseLock }

/** A course and one of the ways it came to a user. */
export type MyCourse = {
	key: string
	courseSlug: string
	courseTitle: string
	lessonCount: number
	firstLessonSlug: string | null
	/** By any way. */
	hasAccess: boolean
	source: { kind: 'bought-here'; at: string } | { kind: 'bundle'; bundleName: string | null; at: string }
	state: GrantDescription
}
