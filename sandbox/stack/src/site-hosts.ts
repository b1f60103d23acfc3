import { StackError } from './errors.ts'

/** What a browser calls the two apps. Their processes listen on 127.0.0.1 whatever the name. */
export interface SiteHosts {
  tt: string
  ah: string
}

/** The usual: both apps on the one site `localhost`, told apart by port. */
export const localhostOnly: SiteHosts = { tt: 'localhost', ah: 'localhost' }

/** `localhost`, and names under the two endings that nobody can own (RFC 6761). */
const LOCAL_NAME = /^(localhost|([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(test|localhost))$/

/** Whether a name can only mean this machine. */
export function isSiteHost(name: string): boolean {
  return LOCAL_NAME.test(name)
}

/**
 * Makes sure that sign-in links and redirects of a local stack can't lead to somebody else's machine.
 *
 * @throws StackError `bad-arguments` for any other name
 */
export function assertSiteHosts(hosts: SiteHosts): void {
  for (const name of [hosts.tt, hosts.ah]) {
    if (isSiteHost(name)) continue
    throw new StackError('bad-arguments', `"${name}" can't be the host of an app in a local stack.`, {
      nextStep: 'Use localhost or a name that ends in .test or .localhost, such as tt.test.',
    })
  }
}
