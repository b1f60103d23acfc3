import { execFile } from 'node:child_process'
import type { AppKey } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import { appFolder, nodeProgram } from '../paths.ts'
import { concealSecrets } from './conceal-secrets.ts'
import type { Ensured } from './ensured.ts'

const MINUTES = 5

/**
 * Puts an app's catalogue on its Stripe account: by the app's own script, and so with the client and the SDK version
 * that the app itself uses.
 *
 * @param apiBaseUrl Stripe's own unless told
 * @throws StackError `step-failed` with what Stripe said
 */
export function setupAccount({
  app,
  secretKey,
  apiBaseUrl,
}: {
  app: AppKey
  secretKey: string
  apiBaseUrl: string | undefined
}): Promise<Ensured[]> {
  const options = {
    cwd: appFolder(app),
    env: childEnvironment({
      NODE_ENV: 'development',
      STRIPE_SECRET_KEY: secretKey,
      ...(apiBaseUrl === undefined ? {} : { STRIPE_API_BASE_URL: apiBaseUrl }),
    }) as Record<string, string> & { NODE_ENV: 'development' },
    timeout: MINUTES * 60_000,
  }
  return new Promise((resolve, reject) => {
    execFile(
      nodeProgram(),
      ['--import', 'tsx', 'scripts/stripe-setup.ts'],
      options,
      (error, stdout, stderr) => {
        const lines = stdout.trim().split('\n')
        if (error === null) return resolve(JSON.parse(lines.at(-1) ?? '') as Ensured[])
        reject(
          new StackError(
            'step-failed',
            `${app === 'tt' ? 'Total TypeScript' : 'AI Hero'}'s catalogue could not be put on its Stripe account${error.killed ? ` within ${MINUTES} minutes` : ''}.`,
            {
              lastLines: concealSecrets(stderr)
                .split('\n')
                .filter((line) => line.trim() !== '')
                .slice(-8),
              nextStep: 'Correct what Stripe says and run it again: what was made by then is found again.',
            },
          ),
        )
      },
    )
  })
}
