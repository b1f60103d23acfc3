type Level = 'debug' | 'info' | 'warn' | 'error'

export type Log = Record<Level, (message: string, fields?: Record<string, unknown>) => void>

const SECRET_NAME =
	/token|secret|password|authorization|cookie|proof|signature|apikey|api_key|eventkey|event_key/i
const EMAIL_ADDRESS = /[^\s@"'<>(),;:/]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu
/** A compact JWS or JWE (whose second part may be empty), whatever field or message it has got into. */
const TOKEN = /eyJ[\w-]+(?:\.[\w-]*){2,4}/g
const DEPTH_LIMIT = 6

/**
 * Removes what a log must not keep: values under secret-sounding names, email addresses and tokens in any text.
 * Errors become their name, message, stack and causes; how deep is limited, so a circular value ends.
 */
export function redact(value: unknown, depth = 0): unknown {
	if (typeof value === 'string') return value.replace(TOKEN, '[token]').replace(EMAIL_ADDRESS, '[email]')
	if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? String(value) : value
	if (depth >= DEPTH_LIMIT) return '[deep]'
	if (value instanceof Date) return value.toISOString()
	if (value instanceof Error) {
		return redact(
			{
				name: value.name,
				message: firstLines(value.message),
				...('code' in value ? { code: value.code } : {}),
				stack: framesOf(value),
				...(value.cause === undefined ? {} : { cause: value.cause }),
			},
			depth + 1,
		)
	}
	if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
	return Object.fromEntries(
		Object.entries(value).map(([name, item]) => [
			name,
			SECRET_NAME.test(name) ? '[redacted]' : redact(item, depth + 1),
		]),
	)
}

/** Only the frames: a stack begins with the message, which may go over several lines. */
function framesOf(error: Error): string {
	const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
	return frames.slice(0, 8).join('\n')
}

/** A failed query's message lists its parameters, which may be anything: only the statement's first line stays. */
function firstLines(message: string): string {
	return message.startsWith('Failed query:') ? (message.split('\nparams:')[0] ?? message) : message
}

/** One JSON object a line, redacted. Messages are dotted names, as in the real app: `cross_app.grant_applied`. */
export function createLog(write: (line: string, level: Level) => void): Log {
	const at =
		(level: Level) =>
		(message: string, fields: Record<string, unknown> = {}) => {
			const redacted = redact(fields)
			const rest = typeof redacted === 'object' && redacted !== null ? redacted : {}
			write(JSON.stringify({ at: new Date().toISOString(), level, message, ...rest }), level)
		}
	return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export const log: Log = createLog((line, level) => {
	if (level === 'error') console.error(line)
	else if (level === 'warn') console.warn(line)
	else console.log(line)
})
