/**
 * The build folder of an app in a stack, relative to the app's. Dev servers of two stacks can't share one, nor can a
 * dev server and a build. The stack `dev` uses Next's own for its dev servers, as everybody expects.
 */
export function distFolder(stackName: string, mode: 'dev' | 'start'): string {
  if (mode === 'start') return `.next-${stackName}-prod`
  return stackName === 'dev' ? '.next' : `.next-${stackName}`
}
