import { redact } from '@/server/log'

export const LONGEST_REASON = 300
export const SHORTEST_REASON = 3

/**
 * Why somebody from support does something, as the audit keeps it: of a few words at least, and without email addresses,
 * which have no place there. Null when no reason was given.
 */
export function readReason(given: unknown): string | null {
	if (typeof given !== 'string') return null
	const reason = String(redact(given)).replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON)
	return reason.length < SHORTEST_REASON ? null : reason
}
