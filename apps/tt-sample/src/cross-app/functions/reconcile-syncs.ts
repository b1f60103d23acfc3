import {crossAppContext, inngest} from '../host'
import {reconcileSyncs} from '../syncs/reconcile-syncs'
import {alertOnFailure} from './alert-on-failure'

/** The sweep, every minute. Also to be had by HTTP and by command, for when this very queue is what is broken. */
export const reconcileSyncsEveryMinute = inngest.createFunction(
  {
    id: 'reconcile-syncs',
    name: 'Reconcile syncs',
    retries: 0,
    onFailure: alertOnFailure,
    concurrency: {limit: 1},
  },
  {cron: '* * * * *'},
  () => reconcileSyncs(crossAppContext),
)
