import type { CourseLock } from '@/access/course-types'
import type { GrantDescription } from '@/cross-app'

/**
 * Whether a page that shows this state should keep looking: it moves by itself, or it waits for something that happens
 * elsewhere, such as linking the accounts in another tab.
 */
export function mayStillChange(state: GrantDescription): boolean {
	return state.moving || state.tone === 'pending'
}

/** The same for what keeps a course closed. */
export function lockMayStillChange(lock: CourseLock | null): boolean {
	return lock?.reason === 'grant' && mayStillChange(lock.grant)
}
