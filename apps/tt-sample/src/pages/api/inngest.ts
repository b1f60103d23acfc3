import {serve} from 'inngest/next'
import {crossAppFunctions} from '../../cross-app'
import {inngest} from '../../server/inngest'

export default serve({
  client: inngest,
  functions: crossAppFunctions,
  serveHost: process.env.INNGEST_SERVE_HOST,
})
