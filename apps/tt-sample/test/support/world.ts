import {randomUUID} from 'node:crypto'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {startStripeSandbox} from '@sandbox/stripe'
import {startDiscordApi} from './discord-api'
import {startEventApi} from './event-api'
import {startMailApi} from './mail-api'
import {startPeerReadApi} from './peer-read-api'

async function startWorld() {
  const dataDir = await mkdtemp(join(tmpdir(), 'tt-stripe-'))
  const stripeSecretKey = `sk_test_${randomUUID()}`
  const [stripe, eventApi, peer, mail, discord] = await Promise.all([
    // No webhook target: the tests deliver the events themselves, as often and in whatever order they like.
    startStripeSandbox({
      dataDir,
      accounts: [{name: 'Total TypeScript', key: 'tt', secretKey: stripeSecretKey, webhooks: []}],
      bankDebitDelayMs: 1_500,
    }),
    startEventApi(),
    startPeerReadApi(),
    startMailApi(),
    startDiscordApi(),
  ])
  return {
    stripe,
    stripeSecretKey,
    eventApi,
    peer,
    mail,
    discord,
    async close() {
      await Promise.all([stripe.close(), eventApi.close(), peer.close(), mail.close(), discord.close()])
      await rm(dataDir, {recursive: true, force: true})
    },
  }
}

/** What surrounds the app in this test file: Stripe, both event APIs, AI Hero's read API, the mail provider, Discord. */
export const world = await startWorld()
