/** Next calls this once when a server starts: a wrong environment ends it here, with one message, not at a buyer's request. */
export async function register(): Promise<void> {
  // In this form the bundler leaves the import out of what it builds for the edge runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const {checkEnvironment} = await import('./server/check-environment')
    checkEnvironment()
  }
}
