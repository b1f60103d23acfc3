/** A test that another server does not pass, and why that is so. */
export type Difference = {
  /** The test's names from the outermost `describe`, joined by ` > `; with a `*` at the end, all that begin so. */
  test: string
  reason: string
}

/** The tests of the list for `start` mode that a real server is not asked, each with its reason. */
const ofStartMode: Difference[] = [
  {
    test: 'start mode > does not believe a reply that is not signed',
    reason: 'it believes any reply',
  },
  {
    test: 'start mode > does not start with *',
    reason: 'it starts, and does nothing without its keys',
  },
  { test: 'dev mode > *', reason: 'it is in start mode' },
]

/** The same for `dev` mode. */
const ofDevMode: Difference[] = [
  {
    test: 'POST /e/<key> > refuses JSON nested too deeply',
    reason: 'it takes JSON of any depth',
  },
  {
    test: 'POST /e/<key> > refuses what a page of another site sends',
    reason: 'it takes requests of any site',
  },
  {
    test: 'debounce > waits no longer than its timeout',
    reason: 'it does not always keep the timeout',
  },
  {
    test: 'priority > lets the run with the larger number go first among those that wait',
    reason: 'it keeps the order in tendency only',
  },
  {
    test: 'the REST API > refuses the checkpoint API, saying what to do',
    reason: 'it has the checkpoint API',
  },
  {
    test: 'a run > of a function with checkpointing fails for good at its first step, saying so',
    reason: 'it has the checkpoint API',
  },
  {
    test: 'a run > that uses step.waitForSignal fails for good, saying so',
    reason: 'it knows signals',
  },
  {
    test: 'an app > that does not answer in time is called again',
    reason: 'it waits two hours, and no flag changes that',
  },
  {
    test: 'an app > that answers 206 with *',
    reason: 'it calls again at once, for ever',
  },
  {
    test: 'registration > is asked for by the server until the app answers',
    reason: 'the URL of the app has to be on its command line',
  },
  {
    test: 'registration > is asked for again when an app that could not be reached is back',
    reason: 'the URL of the app has to be on its command line',
  },
  {
    test: 'registration > that uses *',
    reason: 'it does what is refused here',
  },
  {
    test: 'registration > with a star in the middle is refused and keeps the old set',
    reason: 'it takes it',
  },
  {
    test: 'registration > with a negative concurrency limit is refused and keeps the old set',
    reason: 'it takes it',
  },
  {
    test: 'registration > with a cancelOn without event is refused and keeps the old set',
    reason: 'it takes it',
  },
  {
    test: 'registration > with a cancelOn with a timeout that is none is refused and keeps the old set',
    reason: 'it takes it',
  },
  {
    test: 'registration > with a throttle without limit is refused and keeps the old set',
    reason: 'it takes it',
  },
  {
    test: 'registration > with a throttle of nothing is refused and keeps the old set',
    reason: 'it takes it',
  },
  {
    test: 'registration > with a connect runtime is refused and keeps the old set',
    reason: 'it has connect',
  },
  {
    test: 'registration > of "{\\"appName\\":\\"a\\",\\"url\\":\\"ftp://x\\"}" is refused as an invalid request',
    reason: 'it takes any URL',
  },
  { test: 'registration > by SDK js:v4.24.0 is refused', reason: 'it speaks the protocol of SDK 4' },
  { test: 'registration > by SDK py:v0.5.0 is refused', reason: 'it speaks the protocol of other languages' },
  {
    test: 'registration > of a function id that another app has is refused',
    reason: 'it lets apps have functions of the same id',
  },
]

/**
 * Nothing else is left out of the conformance tests of another server: `conformance.ts` prints this list, and fails when
 * an entry is of no test.
 */
export const differences = process.env.INNGEST_AGAINST_SIGNING_KEY ? ofStartMode : ofDevMode

/** Why a test is not for another server; undefined when it is. */
export function differenceOf(test: string): Difference | undefined {
  return differences.find(({ test: name }) =>
    name.endsWith('*') ? test.startsWith(name.slice(0, -1)) : test === name,
  )
}
