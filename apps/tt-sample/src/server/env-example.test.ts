import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {parseEnv} from 'node:util'
import {describe, expect, it} from 'vitest'
import {readEnvironment} from './env'

describe('.env.example', () => {
  it('is a complete and valid environment as it stands', () => {
    const file = fileURLToPath(new URL('../../.env.example', import.meta.url))
    expect(() => readEnvironment(parseEnv(readFileSync(file, 'utf8')))).not.toThrow()
  })
})
