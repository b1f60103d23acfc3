import { readFileSync } from 'node:fs'

/** Where an account's webhooks go. `events` lists event types; `*` means every one. */
export interface WebhookTarget {
  url: string
  secret: string
  events: string[]
}

/** One Stripe account of the sandbox. Accounts see nothing of each other. */
export interface Account {
  /** Shown on the Checkout page and in the dashboard. */
  name: string
  /** Short key in the dashboard's addresses, for example `tt`. */
  key: string
  secretKey: string
  webhooks: WebhookTarget[]
}

/** The accounts file can't be used. The message says which entry and what to do. */
export class AccountsError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AccountsError'
  }
}

/**
 * Reads the accounts file.
 *
 * @throws AccountsError when the file is missing, is no JSON, or an entry is incomplete
 */
export function readAccountsFile(path: string): Account[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new AccountsError(`The accounts file ${path} can't be read. Check the path given with --accounts.`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AccountsError(`The accounts file ${path} is not valid JSON.`)
  }
  return checkAccounts(value)
}

/**
 * Checks a list of accounts: every field present, keys and secret keys unique.
 *
 * @throws AccountsError naming the entry and the field
 */
export function checkAccounts(value: unknown): Account[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new AccountsError('The accounts must be a JSON array with at least one account.')
  }
  const accounts = value.map((entry: unknown, index) => checkAccount(entry, `accounts[${index}]`))
  for (const field of ['key', 'secretKey'] as const) {
    const seen = new Set(accounts.map((account) => account[field]))
    if (seen.size !== accounts.length) {
      throw new AccountsError(`Two accounts have the same ${field}. Give each account its own.`)
    }
  }
  return accounts
}

function checkAccount(value: unknown, where: string): Account {
  const entry = asRecord(value, where)
  const key = asText(entry.key, `${where}.key`)
  if (!/^[a-z0-9-]+$/.test(key)) {
    throw new AccountsError(`${where}.key may only have lower-case letters, digits and dashes.`)
  }
  const secretKey = asText(entry.secretKey, `${where}.secretKey`)
  if (!secretKey.startsWith('sk_test_')) {
    throw new AccountsError(`${where}.secretKey must start with sk_test_.`)
  }
  const webhooks = entry.webhooks ?? []
  if (!Array.isArray(webhooks)) throw new AccountsError(`${where}.webhooks must be an array.`)
  return {
    name: asText(entry.name, `${where}.name`),
    key,
    secretKey,
    webhooks: webhooks.map((target: unknown, index) => checkWebhook(target, `${where}.webhooks[${index}]`)),
  }
}

function checkWebhook(value: unknown, where: string): WebhookTarget {
  const entry = asRecord(value, where)
  const url = asText(entry.url, `${where}.url`)
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new AccountsError(`${where}.url must be an http or https address.`)
  }
  const secret = asText(entry.secret, `${where}.secret`)
  if (!secret.startsWith('whsec_')) throw new AccountsError(`${where}.secret must start with whsec_.`)
  const events = entry.events ?? ['*']
  if (!Array.isArray(events) || !events.every((name): name is string => typeof name === 'string')) {
    throw new AccountsError(`${where}.events must be an array of event types, or ["*"].`)
  }
  return { url, secret, events }
}

function asRecord(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AccountsError(`${where} must be an object.`)
  }
  return { ...value }
}

function asText(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw new AccountsError(`${where} must be a non-empty text.`)
  return value
}
