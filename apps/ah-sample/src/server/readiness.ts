import { readBacklog } from '@/cross-app'
import { log } from './log'

/** The sweep runs every minute: what is older than this many of them is stuck. */
const STUCK_AFTER_SECONDS = 10 * 60
/** A database that accepts and never answers is as good as none; whoever asks must be told before they give up. */
const DATABASE_PATIENCE_MS = 3_000

export type Readiness = {
	ready: boolean
	database: 'ok' | 'unreachable'
	/** Age of the oldest event that has not got out, seconds; null when the database could not tell. */
	oldestUnsentSeconds: number | null
	/** The same of the oldest mail. Told, not judged: while mails wait, everything else can be done. */
	oldestUnsentMailSeconds: number | null
}

/**
 * Judged by the database alone: a queue that is down shows by what piles up here.
 *
 * @param read asks the database
 */
export async function readReadiness(read = readBacklog): Promise<Readiness> {
	try {
		const { oldestSeconds, oldestMailSeconds } = await inTime(read())
		return {
			ready: oldestSeconds < STUCK_AFTER_SECONDS,
			database: 'ok',
			oldestUnsentSeconds: oldestSeconds,
			oldestUnsentMailSeconds: oldestMailSeconds,
		}
	} catch (error) {
		log.error('ready.database_unreachable', { error })
		return {
			ready: false,
			database: 'unreachable',
			oldestUnsentSeconds: null,
			oldestUnsentMailSeconds: null,
		}
	}
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
	let timer: ReturnType<typeof setTimeout> | undefined
	const late = new Promise<never>((_resolve, reject) => {
		const give = () => reject(new Error('The database did not answer in time.'))
		timer = setTimeout(give, DATABASE_PATIENCE_MS)
	})
	try {
		return await Promise.race([answer, late])
	} finally {
		clearTimeout(timer)
	}
}
