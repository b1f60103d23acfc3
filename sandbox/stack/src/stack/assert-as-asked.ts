import { StackError } from '../errors.ts'
import type { Pick as ChoiceMade, ForcedChoices } from '../picking/pick.ts'
import { portsOf } from '../ports/ports-of.ts'
import type { StackInfo } from '../stack-info.ts'
import type { StartStackOptions } from './stack.ts'

/** What a running stack is, where that is not what was asked for; one sentence. */
function difference(
  { name, picks, tt, ah }: StackInfo,
  { choices, portBase, hosts }: Pick<StartStackOptions, 'choices' | 'portBase' | 'hosts'>,
): string | undefined {
  const picked: Partial<Record<keyof ForcedChoices, (ChoiceMade | undefined)[]>> = {
    mysql: [picks.mysqlTt, picks.mysqlAh],
    inngest: [picks.inngestTt, picks.inngestAh],
    stripe: [picks.stripeTt, picks.stripeAh],
  }
  for (const [flag, asked] of Object.entries(choices ?? {}) as [keyof ForcedChoices, string][]) {
    const made = (picked[flag] ?? []).filter((each) => each !== undefined)
    const [first] = made
    // One app is enough: `--stripe=test-mode` with a key for one of them leaves the other at the stand-in.
    if (first === undefined || made.some(({ choice }) => choice === asked)) continue
    return `The stack "${name}" is running with ${first.what}; ${flag} ${asked} was asked for.`
  }
  const where = { tt: new URL(tt.url), ah: new URL(ah.url) }
  if (portBase !== undefined && String(portsOf(portBase).tt) !== where.tt.port) {
    return `The stack "${name}" is running at port ${where.tt.port}; ${portBase} was asked for.`
  }
  if (hosts !== undefined && (hosts.tt !== where.tt.hostname || hosts.ah !== where.ah.hostname)) {
    return `The stack "${name}" is running at ${tt.url} and ${ah.url}; other names were asked for.`
  }
  return undefined
}

/**
 * Refuses to take a running stack for one that it is not: who asks for a database in Docker shall not be shown another
 * one.
 *
 * @throws StackError `already-running`
 */
export function assertAsAsked(info: StackInfo, options: StartStackOptions): void {
  const message = difference(info, options)
  if (message === undefined) return
  const suffix = info.name === 'dev' ? '' : ` --name ${info.name}`
  throw new StackError('already-running', message, {
    nextStep: `Stop it with \`npm run stack -- down${suffix}\`, or start a second one beside it: --name two.`,
  })
}
