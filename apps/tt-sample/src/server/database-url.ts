/** Where a database is, and how to talk to it. */
export interface DatabaseAddress {
  host: string
  port: number
  user: string
  password: string
  database: string
  /** Set when the connection is encrypted; the server's certificate is then always checked. */
  ssl: {rejectUnauthorized: true} | undefined
}

/** DATABASE_URL asks for something that this app doesn't do; the message says what it does, never the value. */
export class DatabaseUrlError extends Error {
  override name = 'DatabaseUrlError'
}

const WHAT_IS_UNDERSTOOD =
  'may end in ?ssl=true, or ?ssl={"rejectUnauthorized":true}, for TLS with the server’s certificate checked, and in nothing else'

/**
 * Reads `mysql://user:password@host:port/database[?ssl=true]`. What is not understood is refused: a setting that is
 * passed over in silence could be the one that was to keep the connection private.
 *
 * @throws DatabaseUrlError
 */
export function readDatabaseUrl(databaseUrl: string): DatabaseAddress {
  const url = new URL(databaseUrl)
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: wantsTls(url.searchParams) ? {rejectUnauthorized: true} : undefined,
  }
}

function wantsTls(query: URLSearchParams): boolean {
  const names = Array.from(query.keys())
  if (names.length === 0) return false
  const value = query.get('ssl')
  if (names.length > 1 || value === null) throw new DatabaseUrlError(WHAT_IS_UNDERSTOOD)
  if (value === 'true') return true
  try {
    const asked: unknown = JSON.parse(value)
    if (JSON.stringify(asked) === '{"rejectUnauthorized":true}') return true
  } catch {
    // Said below.
  }
  throw new DatabaseUrlError(WHAT_IS_UNDERSTOOD)
}
