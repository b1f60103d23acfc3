/** Runs once when the server starts: a server that lacks a variable must not start and then fail one request at a time. */
export async function register(): Promise<void> {
	if (process.env.NEXT_RUNTIME !== 'nodejs') return
	const { checkEnvironment } = await import('./server/check-environment')
	checkEnvironment()
}
