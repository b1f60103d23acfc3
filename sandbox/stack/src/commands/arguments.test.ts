import { describe, expect, it } from 'vitest'
import { parseStackArguments } from './arguments.ts'

const parse = (line: string) => parseStackArguments(line.split(' '), {})

describe('parseStackArguments', () => {
  it.each(['reset two', 'down two', 'up two', 'seed two --linked-buyers 1', 'run-app tt ah -- tsx x.ts'])(
    'refuses a word that the command would not look at: %s',
    (line) => {
      expect(() => parse(line)).toThrow('means nothing to')
    },
  )

  it.each([
    ['down --mysql=docker', '--mysql means nothing to down.'],
    ['status --apps none', '--apps means nothing to status.'],
    ['reset --only inbox', '--only means nothing to reset.'],
    ['dev --apps start', '--apps means nothing to dev.'],
    ['up --linked-buyers 3', '--linked-buyers means nothing to up.'],
  ])('refuses a flag that the command would not look at: %s', (line, message) => {
    expect(() => parse(line)).toThrow(message)
  })

  it.each([
    'up --name two --port-base 19000 --apps none --only inbox --mysql=docker --real --tt-host tt.test --json',
    'down --name two --port-base 19000 --json',
    'status --json',
    'reset --name two',
    'seed --linked-buyers 3 --run a --json',
    'run-app tt -- tsx scripts/x.ts --apps none',
    'dev --inngest=embedded --port-base 19000',
  ])('takes what the command does look at (control): %s', (line) => {
    expect(parse(line)).toMatchObject({ command: line.split(' ')[0] })
  })
})
