import { EnvError, loadEnv } from './env'

/** Ends the process with one clear message when a variable is missing or malformed. */
export function checkEnvironment(): void {
	try {
		loadEnv()
	} catch (error) {
		if (!(error instanceof EnvError)) throw error
		console.error(error.message)
		process.exit(1)
	}
}
