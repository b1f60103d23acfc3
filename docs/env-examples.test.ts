import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readEnv } from '../apps/ah-sample/src/server/env'
import { readEnvironment } from '../apps/tt-sample/src/server/env'
import { readOverrides } from '../sandbox/stack/src/overrides.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const example = (file: string) => parseEnv(readFileSync(`${root}${file}`, 'utf8'))
const source = (file: string) => readFileSync(`${root}${file}`, 'utf8')

/** What the frameworks and SDKs read by themselves, beside what an app's own schema names. */
const READ_BY_OTHERS = ['NODE_ENV', 'PORT', 'INNGEST_DEV']

describe.each([
  { app: 'tt-sample', read: readEnvironment },
  { app: 'ah-sample', read: readEnv },
])('apps/$app/.env.example', ({ app, read }) => {
  const variables = example(`apps/${app}/.env.example`)
  const schema = [
    ...new Set(source(`apps/${app}/src/server/env.ts`).match(/(?<=^\s+)[A-Z][A-Z_]+(?=: )/gm) ?? []),
  ]

  it('is accepted as it is', () => {
    expect(() => read(variables)).not.toThrow()
  })

  it('names every variable the app reads, and no other', () => {
    expect(Object.keys(variables).sort()).toEqual([...new Set([...schema, ...READ_BY_OTHERS])].sort())
  })

  it('control: is refused by name without its secret', () => {
    expect(() => read({ ...variables, CROSS_APP_SECRET: undefined })).toThrow(/CROSS_APP_SECRET is missing/)
  })
})

describe('.env.example of the root', () => {
  const text = source('.env.example')
  const offered = [...text.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name = '']) => name)

  it('sets nothing: every line is a comment', () => {
    expect(parseEnv(text)).toEqual({})
  })

  it('offers exactly what the stack reads', () => {
    const asked: string[] = []
    readOverrides(
      new Proxy({} as Record<string, string | undefined>, {
        get(_target, name) {
          asked.push(String(name))
          return 'given'
        },
      }),
    )
    expect(offered.sort()).toEqual(asked.sort())
  })
})
