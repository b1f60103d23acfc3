import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appFolder } from '../paths.ts'
import { webhookEvents } from './webhook-events.ts'

function handledBy(source: string): string[] {
  return [...source.matchAll(/case '([a-z_]+(?:\.[a-z_]+)+)':/g)].map(([, type = '']) => type).toSorted()
}

describe('the events of an app’s webhook', () => {
  it.each(['tt', 'ah'] as const)('are those that its handler acts upon (%s)', (app) => {
    const handler = readFileSync(join(appFolder(app), 'src', 'commerce', 'handle-stripe-event.ts'), 'utf8')
    expect(webhookEvents[app].toSorted()).toEqual(handledBy(handler))
  })

  it('would differ from a handler that acts upon one more (control)', () => {
    const handler = webhookEvents.ah.map((type) => `case '${type}':`).join('\n')
    expect(handledBy(handler)).toEqual(webhookEvents.ah.toSorted())
    expect(handledBy(`${handler}\ncase 'payout.paid':`)).not.toEqual(webhookEvents.ah.toSorted())
  })
})
