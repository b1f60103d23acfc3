import { StackError } from './errors.ts'

/** Folders of `.local` that are not stacks. */
const RESERVED_NAMES = new Set(['tools', 'logs', 'stamps', 'test-db'])

/**
 * Makes sure that a name can be a stack's: its folder is made, filled and deleted by it.
 *
 * @throws StackError `bad-arguments`
 */
export function assertStackName(name: string): void {
  if (RESERVED_NAMES.has(name)) {
    throw new StackError('bad-arguments', `"${name}" is a folder of .local that is no stack's.`, {
      nextStep: 'Choose another name.',
    })
  }
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(name)) {
    throw new StackError('bad-arguments', `"${name}" can't be the name of a stack.`, {
      nextStep: 'Use lower-case letters, digits and dashes, 31 at most.',
    })
  }
}
