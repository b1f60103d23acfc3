import { styleText } from 'node:util'
import type { StackInfo } from '@sandbox/stack'
import { personas } from '@sandbox/stack/personas'

/** Where everything is, who one can be, and what to do now. */
export function printFarewell(
  print: (line?: string) => void,
  info: StackInfo,
  { ours }: { ours: boolean },
): void {
  const row = (label: string, value: string): void =>
    print(`    ${label.padEnd(22)} ${styleText('cyan', value)}`)
  print(styleText('bold', '\n  Everything is running'))
  if (info.home)
    row(
      'Home page',
      `${info.home.url}  every part, each purchase live, and what happens when something fails`,
    )
  row('Total TypeScript', info.tt.url)
  row('AI Hero', info.ah.url)
  row('Stripe dashboard', `${info.stripe.url}/dashboard/tt`)
  row('Inbox', `${info.inbox.url}/inbox`)
  row('Inngest of TT, AH', `${info.tt.inngestUrl}  ${info.ah.inngestUrl}`)
  row('Support, as Sam', `${info.tt.url}/admin  ${info.ah.url}/admin`)
  print(styleText('bold', '\n  Sign in with one press: "Continue with GitHub", then'))
  for (const { github, name, about } of personas) row(`@${github.login}`, `${name}: ${about}`)
  print(styleText('bold', '\n  Now you'))
  print(
    `    Buy ${styleText('cyan', `${info.tt.url}/products/typescript-plus-ai`)} with 4242 4242 4242 4242, any future date, any CVC.`,
  )
  print(ours ? '    Ctrl-C stops everything.\n' : '    The stack was running before the demo and goes on.\n')
}
