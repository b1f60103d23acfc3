import { createHash, randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const latestTime = 2 ** 48 - 1

/** Builds a ULID from a time in milliseconds and exactly ten bytes. */
function encode(time: number, entropy: Uint8Array): string {
  let rest = Math.min(Math.max(Math.trunc(time), 0), latestTime)
  let head = ''
  for (let index = 0; index < 10; index++) {
    head = `${alphabet[rest % 32]}${head}`
    rest = Math.floor(rest / 32)
  }
  let tail = ''
  let bits = 0
  let held = 0
  for (const byte of entropy) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      tail += alphabet[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return head + tail
}

let pool: Uint8Array = new Uint8Array(0)
let used = 0

/** Returns a new random ULID for the given time (milliseconds since 1970). */
export function newUlid(time: number): string {
  // Random bytes are drawn in blocks: one call per id would cost more than the id itself.
  if (used + 10 > pool.length) {
    pool = randomBytes(2560)
    used = 0
  }
  used += 10
  return encode(time, pool.subarray(used - 10, used))
}

/** What the SDK sends as `x-inngest-event-id-seed`, so that its own retries produce the same ids. */
export type EventIdSeed = { time: number; entropy: Uint8Array }

/** Reads `<milliseconds>,<base64 of ten bytes>`; anything else is ignored, as the header is optional. */
export function parseEventIdSeed(header: string | undefined): EventIdSeed | undefined {
  const match = /^(\d{1,15}),([A-Za-z0-9+/]{14}(?:==)?)$/.exec(header ?? '')
  if (!match?.[1] || !match[2]) return undefined
  const entropy = Buffer.from(match[2], 'base64')
  return entropy.length === 10 ? { time: Number(match[1]), entropy } : undefined
}

/** The id of the event at `index` in a batch sent with `seed`: the same seed and index give the same id. */
export function seededUlid(seed: EventIdSeed, index: number): string {
  const entropy = createHash('sha256').update(seed.entropy).update(String(index)).digest().subarray(0, 10)
  return encode(seed.time, entropy)
}
