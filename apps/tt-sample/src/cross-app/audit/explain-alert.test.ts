import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {ALERTS, explainAlert} from './explain-alert'

const source = fileURLToPath(new URL('../..', import.meta.url))

/** Every alert that the code raises, tests and generated code apart. */
function raisedAlerts(folder: string): string[] {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : raisedAlerts(path)
    if (!/\.tsx?$/.test(entry.name) || entry.name.includes('.test.') || entry.name === 'explain-alert.ts')
      return []
    return readFileSync(path, 'utf8').match(/(?<=')alert\.[a-z-]+(?=')/g) ?? []
  })
}

const unexplained = (words: Record<string, unknown>) =>
  [...new Set(raisedAlerts(source))].filter((action) => words[action] === undefined)

describe('the words for alerts', () => {
  it('are there for every alert that the code raises, and for no other', () => {
    expect(unexplained(ALERTS)).toEqual([])
    expect(Object.keys(ALERTS).sort()).toEqual([...new Set(raisedAlerts(source))].sort())
  })

  it('control: an alert without words is found', () => {
    const {'alert.sync-refused': _, ...others} = ALERTS
    expect(unexplained(others)).toEqual(['alert.sync-refused'])
  })

  it('say for every alert what to do', () => {
    for (const {title, means, next} of Object.values(ALERTS)) {
      for (const words of [means, next]) expect(words).toMatch(/^[A-Z].+\.$/)
      expect(title).not.toMatch(/revision|grant\b|entitlement/i)
    }
  })

  it('are general for an alert of another version, rather than none', () => {
    expect(explainAlert('alert.brand-new')).toMatchObject({
      title: 'brand new',
      next: expect.stringContaining('engineer'),
    })
  })
})
