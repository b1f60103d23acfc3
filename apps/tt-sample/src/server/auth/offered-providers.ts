import type {Environment} from '../env'
import {env} from '../env'

export interface OfferedProvider {
  id: 'github' | 'discord'
  name: string
}

/** The sign-in providers this deployment has keys for, in the order of their buttons. */
export function offeredProviders(
  settings: Pick<Environment, 'DISCORD_CLIENT_ID'> = env(),
): OfferedProvider[] {
  const github: OfferedProvider = {id: 'github', name: 'GitHub'}
  if (settings.DISCORD_CLIENT_ID === undefined) return [github]
  return [github, {id: 'discord', name: 'Discord'}]
}
