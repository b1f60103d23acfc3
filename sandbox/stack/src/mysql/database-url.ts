import type { ConnectionOptions } from 'mysql2/promise'

/** A database's address, taken apart. */
export interface DatabaseAddress {
  url: URL
  /** For the driver, which understands `?ssl=true` in no address. */
  connection: ConnectionOptions & { user: string; password: string }
}

/** As both apps read it: TLS always checks the server's certificate, and nothing else can be asked for. */
function wantsTls(query: URLSearchParams): boolean | undefined {
  const [first, ...others] = [...query]
  if (first === undefined) return false
  const [name, value] = first
  const isTls = name === 'ssl' && /^(true|\{\s*"rejectUnauthorized"\s*:\s*true\s*\})$/.test(value)
  return isTls && others.length === 0 ? true : undefined
}

/**
 * Reads `mysql://user:password@host:port/database[?ssl=true]`.
 *
 * @returns undefined for anything else: another protocol, no database, another query, or a `%` that stands for no character
 */
export function parseDatabaseUrl(text: string): DatabaseAddress | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const tls = wantsTls(url.searchParams)
  if (url.protocol !== 'mysql:' || url.pathname.length < 2 || tls === undefined) return undefined
  try {
    return {
      url,
      connection: {
        // An IPv6 address stands in brackets in an address, and nowhere else.
        host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: Number(url.port || 3306),
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        database: decodeURIComponent(url.pathname.slice(1)),
        ...(tls ? { ssl: { rejectUnauthorized: true } } : {}),
      },
    }
  } catch {
    return undefined
  }
}
