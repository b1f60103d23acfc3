import { appPaths, browserUrl } from '../app-environment.ts'
import type { Picks } from '../picking/pick.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { SiteHosts } from '../site-hosts.ts'

const APPS = [
  { key: 'tt', name: 'Total TypeScript', github: 'githubTt', discord: 'discordTt', mail: 'mailTt' },
  { key: 'ah', name: 'AI Hero', github: 'githubAh', discord: 'discordAh', mail: 'mailAh' },
] as const

/**
 * What a person has to know of the real services in use: the addresses that GitHub and Discord must have on file, and
 * that mails leave the machine. None when everything is a stand-in.
 */
export function callbackNotes({
  picks,
  ports,
  hosts,
}: {
  picks: Partial<Picks>
  ports: StackPorts
  hosts?: SiteHosts
}): string[] {
  return APPS.flatMap((app) => {
    const address = (path: string) => browserUrl(ports, app.key, hosts) + path
    return [
      ...(picks[app.github]?.choice === 'real'
        ? [`GitHub: the callback URL of ${app.name}'s OAuth app must be ${address(appPaths.githubCallback)}`]
        : []),
      ...(picks[app.discord]?.choice === 'real'
        ? [`Discord: ${app.name}'s application needs the redirect ${address(appPaths.discordCallback)}`]
        : []),
      ...(picks[app.mail]?.choice === 'real' ? [`Resend: ${app.name}'s mails go to real inboxes.`] : []),
    ]
  })
}
