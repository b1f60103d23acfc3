import { parseArgs } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseStackArguments } from '../commands/arguments.ts'
import { choiceArguments, choiceOptions, choiceUsage, readChoiceFlags } from './choice-flags.ts'
import { inngestChoices, mysqlChoices, stripeChoices } from './pick.ts'

const read = (...args: string[]) => readChoiceFlags(parseArgs({ args, options: choiceOptions }).values)

describe('readChoiceFlags', () => {
  it('forces nothing without a flag', () => {
    expect(read()).toEqual({})
  })

  it.each([
    ...mysqlChoices.map((choice) => ['mysql', choice] as const),
    ...inngestChoices.map((choice) => ['inngest', choice] as const),
    ...stripeChoices.map((choice) => ['stripe', choice] as const),
  ])('knows --%s=%s', (flag, choice) => {
    expect(read(`--${flag}=${choice}`)).toEqual({ [flag]: choice })
  })

  it('takes --real for --inngest=real', () => {
    expect(read('--real')).toEqual({ inngest: 'real' })
    expect(read('--real', '--inngest=real')).toEqual({ inngest: 'real' })
  })

  it('refuses --real beside another server', () => {
    expect(() => read('--real', '--inngest=docker')).toThrow('two different servers')
  })

  it('refuses a choice that does not exist and names those that do', () => {
    expect(() => read('--mysql=postgres')).toThrow(
      '--mysql is url, installed, docker, package, not "postgres".',
    )
  })

  it('is undone by choiceArguments, which a command passes on to another one', () => {
    const choices = { mysql: 'docker', inngest: 'real', stripe: 'sandbox' } as const
    expect(read(...choiceArguments(choices))).toEqual(choices)
    expect(choiceArguments({})).toEqual([])
  })
})

describe('stack', () => {
  it('takes the flags with any command, and shows every one in its usage', () => {
    expect(parseStackArguments(['up', '--mysql=docker', '--real']).choices).toEqual({
      mysql: 'docker',
      inngest: 'real',
    })
    const usage = choiceUsage.join('\n')
    for (const flag of Object.keys(choiceOptions)) expect(usage).toContain(`--${flag}`)
  })

  it.each(['..', '../up', 'Dev', '', '-x', 'a'.repeat(32)])(
    'refuses the name %j before anything is touched',
    (name) => {
      expect(() => parseStackArguments(['reset', `--name=${name}`])).toThrow("can't be the name of a stack")
    },
  )

  it.each(['tools', 'logs', 'stamps', 'test-db'])(
    'refuses the name of a folder that is no stack’s: %s',
    (name) => {
      expect(() => parseStackArguments(['reset', `--name=${name}`])).toThrow(
        "is a folder of .local that is no stack's",
      )
    },
  )
})
