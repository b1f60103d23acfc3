import {ConfigurationError} from '@cross-app/shared'
import {bridge} from './bridge'
import {EnvironmentError, env} from './env'

/** Ends the process with one clear message when the environment can't be used. */
export function checkEnvironment(): void {
  try {
    env()
    bridge()
  } catch (error) {
    if (!(error instanceof EnvironmentError) && !(error instanceof ConfigurationError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
