import { Inngest } from 'inngest'
import { env } from './env'
import { fetchWithin } from './fetch-within'
import { log } from './log'

const SEND_TIMEOUT_MS = 5_000

/** AI Hero's own Inngest environment. Locally, self-hosted or in the cloud: only the variables differ. */
export const inngest = new Inngest({
	id: 'ai-hero',
	eventKey: env.INNGEST_EVENT_KEY,
	...(env.INNGEST_BASE_URL ? { baseUrl: env.INNGEST_BASE_URL } : {}),
	...(env.INNGEST_DEV === undefined ? {} : { isDev: env.INNGEST_DEV === '1' || env.INNGEST_DEV === 'true' }),
	fetch: fetchWithin(SEND_TIMEOUT_MS),
	logger: {
		debug: () => {},
		info: (...parts: unknown[]) => log.info('inngest', { parts }),
		warn: (...parts: unknown[]) => log.warn('inngest', { parts }),
		error: (...parts: unknown[]) => log.error('inngest', { parts }),
	},
})
