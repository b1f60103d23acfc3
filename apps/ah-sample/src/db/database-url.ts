/** How to reach a database, as the driver takes it. */
export type DatabaseAddress = {
	host: string
	port: number
	user: string
	password: string
	database: string
	/** When the connection is encrypted; the server's certificate is then always checked. */
	ssl?: { rejectUnauthorized: true }
}

/** DATABASE_URL asks for something that this app doesn't do; the message says what it does, and never the value. */
export class DatabaseUrlError extends Error {
	constructor() {
		super(
			'may end in ?ssl=true, or ?ssl={"rejectUnauthorized":true}, for TLS with the server’s certificate checked, and in nothing else',
		)
		this.name = 'DatabaseUrlError'
	}
}

/**
 * Reads `mysql://user:password@host:port/database[?ssl=true]`. What is not understood is refused: the driver would take
 * whatever the query says, `rejectUnauthorized: false` too, and pass over what it does not know.
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
		...(wantsTls(url.searchParams) ? { ssl: { rejectUnauthorized: true } } : {}),
	}
}

function wantsTls(query: URLSearchParams): boolean {
	const names = [...query.keys()]
	if (names.length === 0) return false
	const value = query.get('ssl')
	if (names.length > 1 || value === null) throw new DatabaseUrlError()
	if (value === 'true') return true
	try {
		const asked: unknown = JSON.parse(value)
		if (JSON.stringify(asked) === '{"rejectUnauthorized":true}') return true
	} catch {
		// Said below.
	}
	throw new DatabaseUrlError()
}
