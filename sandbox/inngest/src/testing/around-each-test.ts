// Around each test of every file. Here and not where it is used: modules are loaded once for several files.
import { afterEach, beforeEach } from 'vitest'
import { differenceOf } from './differences.ts'
import { nameOf } from './test-name.ts'
import { against, closeOpened } from './with-server.ts'

// On another server, those that are known to differ there are skipped, with the reason.
beforeEach(({ task, skip }) => {
  if (against === undefined) return
  const difference = differenceOf(nameOf(task))
  if (difference) skip(`differs on the real server: ${difference.reason}`)
})

afterEach(closeOpened)
