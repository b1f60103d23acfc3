import { findChromium } from '@sandbox/stack'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/**
 * How to start a browser for a stack on this machine. `.test` names belong to nobody, so here they can all mean this
 * machine: the tests' apps go by `tt.test` and `ah.test`, which are different sites as the real ones are. On `localhost`
 * they would share their cookies.
 */
export async function browserLaunchOptions(): Promise<
  Required<Pick<LaunchOptions, 'executablePath' | 'args'>> & Pick<LaunchOptions, 'env'>
> {
  const found = await findChromium()
  return {
    executablePath: found.executablePath,
    args: [...found.args, '--host-resolver-rules=MAP *.test 127.0.0.1'],
    ...(found.env ? { env: found.env } : {}),
  }
}

/** Starts such a browser. */
export async function openBrowser(
  options: Pick<LaunchOptions, 'headless' | 'slowMo'> = {},
): Promise<Browser> {
  return chromium.launch({ ...(await browserLaunchOptions()), ...options })
}
