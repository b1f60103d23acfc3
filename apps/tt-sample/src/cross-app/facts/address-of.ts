import {InvalidEmailError, normaliseEmail} from '@cross-app/shared'

/** The host's column may hold what is no address. That decides nothing here, and must not stop what it goes along with. */
export function addressOf(stored: string): string {
  try {
    return normaliseEmail(stored)
  } catch (error) {
    if (!(error instanceof InvalidEmailError)) throw error
    return stored.trim().toLowerCase()
  }
}
