import { randomBytes } from 'node:crypto'
import { startStrictGitHub } from '@sandbox/discord'
import { githubUsers } from '@sandbox/stack/personas'

export type TestGithub = {
  url: string
  /** What makes an app use it instead of the stack's own. */
  environment: Record<'tt' | 'ah', Record<string, string>>
  close(): Promise<void>
}

/**
 * The tests' GitHub: one that believes nobody. The stack's own takes any access token for its first user, so a test
 * against it could not tell whether an app was fooled.
 */
export async function startTestGithub(siteUrls: { tt: string; ah: string }): Promise<TestGithub> {
  const clientOf = (app: 'tt' | 'ah', name: string) => ({
    id: `e2e-${app}`,
    secret: randomBytes(20).toString('hex'),
    name,
    redirectUris: [`${siteUrls[app]}/api/auth/callback/github`],
  })
  const clients = { tt: clientOf('tt', 'Total TypeScript (tests)'), ah: clientOf('ah', 'AI Hero (tests)') }
  const github = await startStrictGitHub({
    clients: Object.values(clients),
    users: githubUsers.map(({ login, providerAccountId, name, email }) => ({
      id: providerAccountId,
      login,
      name,
      emails: email === null ? [] : [{ email, primary: true, verified: true }],
    })),
  })
  const environmentOf = ({ id, secret }: { id: string; secret: string }): Record<string, string> => ({
    GITHUB_CLIENT_ID: id,
    GITHUB_CLIENT_SECRET: secret,
    GITHUB_BASE_URL: github.url,
    GITHUB_API_BASE_URL: github.url,
  })
  return {
    url: github.url,
    environment: { tt: environmentOf(clients.tt), ah: environmentOf(clients.ah) },
    close: github.close,
  }
}
