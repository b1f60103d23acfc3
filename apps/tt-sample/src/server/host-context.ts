import type {CommerceContext} from '../commerce/context'
import {type CrossAppContext, crossAppContext} from '../cross-app'
import {clock} from './clock'
import {isRetryable} from './database-errors'
import {database} from './db'
import {log} from './log'
import {stripe} from './stripe'

/** What pages and API routes give to the app's verbs. */
export interface HostContext extends CommerceContext {
  crossApp: CrossAppContext
}

/** This process's own; its parts are made at first use. */
export const hostContext: HostContext = {
  get db() {
    return database()
  },
  get stripe() {
    return stripe()
  },
  clock,
  log,
  isRetryable,
  crossApp: crossAppContext,
}
