import type {Prisma, PrismaClient} from '../generated/prisma/client'
import {bridge} from '../server/bridge'
import {clock} from '../server/clock'
import {isRetryable, isUniqueViolation} from '../server/database-errors'
import {database} from '../server/db'
import {env} from '../server/env'
import {type AppEvents, inngest} from '../server/inngest'
import {log} from '../server/log'
import {stripe} from '../server/stripe'
import type {CrossAppContext, InAppEvent, QueuedEmail} from './context'

/**
 * The way out of this folder: everything it needs of the app that hosts it, and the only file to rewrite when it is
 * copied. Only `functions/` and `routes/` import it; the verbs are given a context.
 */

export type Database = PrismaClient
export type Transaction = Prisma.TransactionClient
export {bridge, env, inngest, isRetryable, isUniqueViolation, log}

/** The host's in-app events that this folder listens to. */
export const triggers = {purchaseCreated: 'purchase/created', purchaseRefunded: 'purchase/refunded'} as const

async function sendInApp({id, name, data}: InAppEvent): Promise<void> {
  // The outbox stores names as text; only names of AppEvents are ever written to it.
  await inngest.send({id, name: name as keyof AppEvents, data} as Parameters<typeof inngest.send>[0])
}

// Loaded when needed: the host's code uses this folder, so it can't be a part of what loads it.
async function sendEmail(email: QueuedEmail): Promise<void> {
  const {sendQueuedEmail} = await import('../commerce/send-queued-email')
  await sendQueuedEmail(email)
}

async function refreshFacts(purchaseId: string): Promise<void> {
  const {refreshChargeFacts} = await import('../commerce/refresh-charge-facts')
  await refreshChargeFacts({db: database(), clock, log, isRetryable, stripe: stripe()}, {purchaseId})
}

/** What the verbs of this folder get in this process. Its parts are made at first use. */
export const crossAppContext: CrossAppContext = {
  get db() {
    return database()
  },
  get bridge() {
    return bridge()
  },
  get peerUrl() {
    return env().AI_HERO_URL
  },
  get peerApiUrl() {
    return env().AI_HERO_API_URL ?? env().AI_HERO_URL
  },
  clock,
  log,
  random: Math.random,
  isRetryable,
  sendInApp,
  sendEmail,
  refreshFacts,
}
