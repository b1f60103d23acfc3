/** Values a log line may carry. */
export type LogFields = Record<string, unknown>

export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const EMAIL = /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+\.[^\s@"'<>(),;:]+/g
/** A compact JWS or JWE (a session cookie: its second part is empty), a bearer value, the keys of Stripe, Inngest and Resend. */
const TOKEN =
  /\beyJ[\w-]+(?:\.[\w-]*){2,4}|\b(?:sk|rk|whsec|re|signkey)[_-][\w-]{8,}|(?<=Bearer\s)[\w.~+/-]+=*/g
const QUERY_SECRET = /([?&](?:token|code|state|email|proof)=)[^&\s"']+/gi
const SECRET_FIELD = /email|token|secret|password|authorization|cookie|proof|signature|^to$/i

/** Takes addresses and credentials out of a text. */
export function redact(text: string): string {
  return text.replace(TOKEN, '[token]').replace(QUERY_SECRET, '$1[removed]').replace(EMAIL, '[email]')
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redact(value)
  if (value instanceof Error) {
    return {name: value.name, message: redact(value.message), ...('code' in value ? {code: value.code} : {})}
  }
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object') return value
  if (depth > 4) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_FIELD.test(key) && typeof item === 'string' ? '[removed]' : clean(item, depth + 1),
    ]),
  )
}

/** One JSON object a line on standard output or error; no address, token or secret in it. */
export function createLog(write: (level: 'info' | 'warn' | 'error', line: string) => void): Log {
  const line = (level: 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) => {
    const cleaned = fields === undefined ? {} : (clean(fields, 0) as LogFields)
    write(level, JSON.stringify({at: new Date().toISOString(), level, event, ...cleaned}))
  }
  return {info: line('info'), warn: line('warn'), error: line('error')}
}

export const log: Log = createLog((level, line) => console[level](line))
