import { readBacklog } from '@/cross-app'
import { log } from './log'

/** The sweep runs every minute: what is older than this many of them is stuck. */
const STUCK_AFTER_SECONDS = 10 * 60

export type Readiness = {
	ready: boolean
	database: 'ok' | 'unreachable'
	/** Age of the oldest event that has not got out, seconds; null when the database could not tell. */
	oldestUnsentSeconds: number | null
}

/** Judged by the database alone: a queue that is down shows by what piles up here. */
export async function readReadiness(): Promise<Readiness> {
	try {
		const { oldestSeconds } = await readBacklog()
		return { ready: oldestSeconds < STUCK_AFTER_SECONDS, database: 'ok', oldestUnsentSeconds: oldestSeconds }
	} catch (error) {
		log.error('ready.database_unreachable', { error })
		return { ready: false, database: 'unreachable', oldestUnsentSeconds: null }
	}
}
