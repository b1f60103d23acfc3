import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import {
  ConfigurationError,
  ForgedEventError,
  InvalidEventError,
  UnauthorisedReadError,
  UnknownKeyError,
} from '../errors'
import type { CrossAppEvent } from '../events/cross-app-events'
import { createBridge, signEvent } from './create-bridge'
import { MAX_EVENT_BYTES } from './proof'
import { createReadToken } from './read-token'
import { type CrossAppSecrets, PUBLISHED_EXAMPLE_SECRET, signingKey } from './secrets'

const secrets: CrossAppSecrets = { current: 'the current secret of both apps, long enough' }
const eventApi = { baseUrl: 'http://127.0.0.1:9', eventKey: 'key' }
const environment = 'test'
const bridgeOf = (
  self: 'total-typescript' | 'ai-hero',
  over: { secrets?: CrossAppSecrets; environment?: string } = {},
) =>
  createBridge({
    self,
    peer: self === 'ai-hero' ? 'total-typescript' : 'ai-hero',
    environment,
    secrets,
    eventApi,
    ...over,
  })
const fromTt = { secrets, environment, from: 'total-typescript', to: 'ai-hero' } as const
const purchased: CrossAppEvent = {
  name: 'bundle/purchased',
  data: {
    v: 1,
    syncId: 'sync-1',
    purchaseId: 'purchase-1',
    targetProductId: 'product-1',
    revision: 1,
    stateVersionSeen: 0,
    owner: { userId: 'user-1', email: 'ada@example.com', proven: true },
    purchasedAt: '2026-11-21T10:00:00.000Z',
    reason: 'purchase',
  },
}

describe('open', () => {
  it('returns what the peer signed', async () => {
    const event = await signEvent(fromTt, purchased)
    const opened = await bridgeOf('ai-hero').open({
      name: 'bundle/purchased',
      id: event.id,
      data: event.data,
    })
    expect(opened).toEqual({ name: 'bundle/purchased', id: event.id, data: purchased.data })
  })

  it('refuses an event without a proof, which anyone with an event key could send', async () => {
    await expect(
      bridgeOf('ai-hero').open({ name: 'bundle/purchased', data: purchased.data }),
    ).rejects.toThrow(ForgedEventError)
  })

  it('refuses a changed email', async () => {
    const event = await signEvent(fromTt, purchased)
    const data = { ...event.data, owner: { userId: 'user-1', email: 'mallory@example.com', proven: true } }
    await expect(bridgeOf('ai-hero').open({ name: 'bundle/purchased', data })).rejects.toThrow(
      ForgedEventError,
    )
  })

  it('refuses a field that was added to the readable copy', async () => {
    const event = await signEvent(fromTt, purchased)
    const data = { ...event.data, linkedUserId: 'mallory' }
    await expect(bridgeOf('ai-hero').open({ name: 'bundle/purchased', data })).rejects.toThrow(
      ForgedEventError,
    )
  })

  it('refuses a proof under another event name', async () => {
    const event = await signEvent(fromTt, purchased)
    await expect(bridgeOf('ai-hero').open({ name: 'entitlement/revoke', data: event.data })).rejects.toThrow(
      ForgedEventError,
    )
  })

  it('refuses a proof under another event id', async () => {
    const event = await signEvent(fromTt, purchased)
    await expect(
      bridgeOf('ai-hero').open({ name: 'bundle/purchased', id: 'another', data: event.data }),
    ).rejects.toThrow(ForgedEventError)
  })

  it('refuses a proof made for another environment, whose keys it does not have', async () => {
    const event = await signEvent({ ...fromTt, environment: 'staging' }, purchased)
    await expect(bridgeOf('ai-hero').open({ name: 'bundle/purchased', data: event.data })).rejects.toThrow(
      UnknownKeyError,
    )
  })

  it('refuses our own proof sent back to us', async () => {
    const event = await signEvent(fromTt, purchased)
    await expect(
      bridgeOf('total-typescript').open({ name: 'bundle/purchased', data: event.data }),
    ).rejects.toThrow(UnknownKeyError)
  })

  it('refuses the right key with another audience, issuer, type or algorithm', async () => {
    const use = { purpose: 'event', from: 'total-typescript', to: 'ai-hero', environment } as const
    const { key, keyId } = await signingKey(secrets, use)
    const header = { alg: 'HS256', typ: 'cross-app-event+jwt', kid: keyId }
    const forge = (over: { header?: object; iss?: string; aud?: string }) =>
      new SignJWT({ jti: 'id-1', event: 'bundle/purchased', data: purchased.data })
        .setProtectedHeader({ ...header, ...over.header } as typeof header)
        .setIssuer(over.iss ?? 'total-typescript')
        .setAudience(over.aud ?? 'ai-hero:test')
        .setIssuedAt()
        .sign(over.header && 'alg' in over.header ? new Uint8Array(64) : key)
    const open = async (proof: string) =>
      bridgeOf('ai-hero').open({ name: 'bundle/purchased', data: { ...purchased.data, proof } })

    await expect(open(await forge({}))).resolves.toMatchObject({ id: 'id-1' })
    await expect(open(await forge({ aud: 'ai-hero:production' }))).rejects.toThrow(ForgedEventError)
    await expect(open(await forge({ iss: 'ai-hero' }))).rejects.toThrow(ForgedEventError)
    await expect(open(await forge({ header: { typ: 'cross-app-read+jwt' } }))).rejects.toThrow(
      ForgedEventError,
    )
    await expect(open(await forge({ header: { alg: 'HS512' } }))).rejects.toThrow(ForgedEventError)
    const none = new UnsecuredJWT({ jti: 'id-1', event: 'bundle/purchased', data: purchased.data }).encode()
    await expect(open(none)).rejects.toThrow(ForgedEventError)
    const parts = (await forge({})).split('.')
    await expect(open(`${parts[0]}.${parts[1]}.${'A'.repeat(43)}`)).rejects.toThrow(ForgedEventError)
  })

  it('refuses a read token as a proof', async () => {
    const proof = await createReadToken(fromTt)
    await expect(
      bridgeOf('ai-hero').open({ name: 'bundle/purchased', data: { ...purchased.data, proof } }),
    ).rejects.toThrow(UnknownKeyError)
  })

  it('refuses a signed payload that does not fit its schema', async () => {
    const use = { purpose: 'event', from: 'total-typescript', to: 'ai-hero', environment } as const
    const { key, keyId } = await signingKey(secrets, use)
    const data = { ...purchased.data, v: 2 }
    const proof = await new SignJWT({ jti: 'id-1', event: 'bundle/purchased', data })
      .setProtectedHeader({ alg: 'HS256', typ: 'cross-app-event+jwt', kid: keyId })
      .setIssuer('total-typescript')
      .setAudience('ai-hero:test')
      .setIssuedAt()
      .sign(key)
    await expect(
      bridgeOf('ai-hero').open({ name: 'bundle/purchased', data: { ...data, proof } }),
    ).rejects.toThrow(InvalidEventError)
  })

  it('refuses more than 64 KiB before it looks at the proof', async () => {
    const data = { ...purchased.data, filler: 'x'.repeat(MAX_EVENT_BYTES), proof: 'not looked at' }
    await expect(bridgeOf('ai-hero').open({ name: 'bundle/purchased', data })).rejects.toThrow(
      InvalidEventError,
    )
  })
})

describe('secret rotation', () => {
  const old = 'the old secret, which was good for a while'
  const fresh = 'the new secret, which will be good for a while'
  const steps: { tt: CrossAppSecrets; ah: CrossAppSecrets }[] = [
    { tt: { current: old }, ah: { current: old } },
    { tt: { current: old, next: fresh }, ah: { current: old } },
    { tt: { current: old, next: fresh }, ah: { current: old, next: fresh } },
    { tt: { current: fresh, previous: old }, ah: { current: old, next: fresh } },
    { tt: { current: fresh, previous: old }, ah: { current: fresh, previous: old } },
    { tt: { current: fresh }, ah: { current: fresh, previous: old } },
    { tt: { current: fresh }, ah: { current: fresh } },
  ]

  it.each(steps.map((step, index) => ({ ...step, index })))(
    'refuses nothing genuine at step $index, in either direction',
    async ({ tt, ah }) => {
      const toAh = await signEvent({ ...fromTt, secrets: tt }, purchased)
      await bridgeOf('ai-hero', { secrets: ah }).open({ name: 'bundle/purchased', data: toAh.data })
      const toTt = await signEvent(
        { ...fromTt, secrets: ah, from: 'ai-hero', to: 'total-typescript' },
        purchased,
      )
      await bridgeOf('total-typescript', { secrets: tt }).open({ name: 'bundle/purchased', data: toTt.data })
    },
  )

  it('refuses the old secret at the end', async () => {
    const event = await signEvent({ ...fromTt, secrets: { current: old } }, purchased)
    await expect(
      bridgeOf('ai-hero', { secrets: { current: fresh } }).open({
        name: 'bundle/purchased',
        data: event.data,
      }),
    ).rejects.toThrow(UnknownKeyError)
  })
})

describe('createBridge', () => {
  it('names the variable of a secret that is too short', () => {
    expect(() => bridgeOf('ai-hero', { secrets: { current: 'short' } })).toThrow(
      /CROSS_APP_SECRET is shorter/,
    )
  })

  it('refuses the published example in production, and only there', () => {
    const example = { current: PUBLISHED_EXAMPLE_SECRET }
    expect(() => bridgeOf('ai-hero', { secrets: example, environment: 'production' })).toThrow(
      ConfigurationError,
    )
    expect(() => bridgeOf('ai-hero', { secrets: example })).not.toThrow()
  })
})

describe('read tokens', () => {
  it('are accepted by the peer they were made for, and by nobody else', async () => {
    const token = await bridgeOf('total-typescript').createReadToken()
    await expect(bridgeOf('ai-hero').verifyReadToken(`Bearer ${token}`)).resolves.toBeUndefined()
    await expect(bridgeOf('total-typescript').verifyReadToken(`Bearer ${token}`)).rejects.toThrow(
      UnauthorisedReadError,
    )
  })

  it.each([null, '', 'Bearer', 'Bearer x', 'Basic abc', 'Bearer a.b.c'])(
    'are required: %j',
    async (header) => {
      await expect(bridgeOf('ai-hero').verifyReadToken(header)).rejects.toThrow(UnauthorisedReadError)
    },
  )

  const signedFor = async (claims: { exp?: number }) => {
    const use = { purpose: 'read-api', from: 'total-typescript', to: 'ai-hero', environment } as const
    const { key, keyId } = await signingKey(secrets, use)
    return new SignJWT({ jti: 'id-1', ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'cross-app-read+jwt', kid: keyId })
      .setIssuer('total-typescript')
      .setAudience('ai-hero:test')
      .setIssuedAt()
      .sign(key)
  }
  const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
  const verify = async (claims: { exp?: number }) =>
    bridgeOf('ai-hero').verifyReadToken(`Bearer ${await signedFor(claims)}`)

  it('are not accepted without an end', async () => {
    await expect(verify({})).rejects.toThrow(UnauthorisedReadError)
  })

  it('end, with a minute of tolerance for clocks that differ', async () => {
    await expect(verify({ exp: secondsFromNow(-30) })).resolves.toBeUndefined()
    await expect(verify({ exp: secondsFromNow(-90) })).rejects.toThrow(UnauthorisedReadError)
  })
})

describe('send', () => {
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })

  async function peerAnswering(statuses: number[]) {
    const received: { url: string; id: string }[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        received.push({ url: request.url ?? '', id: JSON.parse(body).id })
        const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200
        if (status === 0) return
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('{}')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const bridge = createBridge({
      self: 'total-typescript',
      peer: 'ai-hero',
      environment,
      secrets,
      eventApi: { baseUrl, eventKey: 'ah key', timeoutMs: 300 },
    })
    return { bridge, received }
  }

  it('posts to the event key of the peer', async () => {
    const { bridge, received } = await peerAnswering([200])
    await bridge.send(purchased)
    expect(received.map(({ url }) => url)).toEqual(['/e/ah%20key'])
  })

  it('uses a new id for every send and the same one for an HTTP retry', async () => {
    const { bridge, received } = await peerAnswering([503, 200, 200])
    await bridge.send(purchased)
    await bridge.send(purchased)
    expect(received).toHaveLength(3)
    expect(received[0]?.id).toBe(received[1]?.id)
    expect(received[2]?.id).not.toBe(received[0]?.id)
  })

  it.each([500, 503, 429, 408])('calls %i worth a later try', async (status) => {
    const { bridge } = await peerAnswering([status])
    await expect(bridge.send(purchased)).rejects.toMatchObject({ code: 'send-retryable', retryable: true })
  })

  it.each([400, 401, 404])('calls %i final, once', async (status) => {
    const { bridge, received } = await peerAnswering([status])
    await expect(bridge.send(purchased)).rejects.toMatchObject({ code: 'send-permanent', status })
    expect(received).toHaveLength(1)
  })

  it('follows no redirect with a signed event', async () => {
    const { bridge, received } = await peerAnswering([302])
    await expect(bridge.send(purchased)).rejects.toMatchObject({ code: 'send-permanent' })
    expect(received).toHaveLength(1)
  })

  it('gives up on a peer that hangs, and keeps the event key out of the message', async () => {
    const { bridge } = await peerAnswering([0])
    const error = await bridge.send(purchased).catch((caught: Error) => caught)
    expect(error).toMatchObject({ code: 'send-retryable' })
    expect(String(error)).not.toContain('ah key')
  })

  it('refuses to send what does not fit its schema', async () => {
    const { bridge, received } = await peerAnswering([200])
    const broken = { ...purchased, data: { ...purchased.data, revision: 0 } } as CrossAppEvent
    await expect(bridge.send(broken)).rejects.toThrow(InvalidEventError)
    expect(received).toHaveLength(0)
  })
})
