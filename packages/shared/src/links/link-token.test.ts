import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { ProofContext } from '../bridge/proof'
import { createReadToken } from '../bridge/read-token'
import { signingKey } from '../bridge/secrets'
import { createLinkToken, createUndoToken, verifyLinkToken, verifyUndoToken } from './link-token'

const secrets = { current: 'a-secret-of-more-than-thirty-two-bytes-for-tests' }
const context: ProofContext = {
  secrets,
  from: 'total-typescript',
  to: 'ai-hero',
  environment: 'test',
}
const input = {
  tokenId: 'jti-1',
  sellerUserId: 'seller',
  sellerEmail: 'seller@example.com',
  sellerName: 'Ada',
  returnTo: '/courses/x',
}
const use = { purpose: 'link-token' as const, from: context.from, to: context.to, environment: 'test' }

async function handMade(header: { typ?: string }, change: { exp?: number; iss?: string; aud?: string }) {
  const { key, keyId } = await signingKey(secrets, use)
  return new SignJWT({ jti: 'jti-1', sub: 'seller', email: 'seller@example.com' })
    .setProtectedHeader({ alg: 'HS256', typ: header.typ ?? 'cross-app-link+jwt', kid: keyId })
    .setIssuer(change.iss ?? 'total-typescript')
    .setAudience(change.aud ?? 'ai-hero:test')
    .setIssuedAt()
    .setExpirationTime(change.exp ?? Math.floor(Date.now() / 1000) + 600)
    .sign(key)
}

describe('a link token', () => {
  it('says who wants to be linked, and ends after ten minutes', async () => {
    const token = await verifyLinkToken(context, await createLinkToken(context, input))
    expect(token).toMatchObject(input)
    const minutes = (token.expiresAt.getTime() - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(9.9)
    expect(minutes).toBeLessThanOrEqual(10)
  })

  it('is accepted when made by hand as it should be', async () => {
    expect(await verifyLinkToken(context, await handMade({}, {}))).toMatchObject({ tokenId: 'jti-1' })
  })

  it.each([
    ['another type', () => handMade({ typ: 'cross-app-event+jwt' }, {})],
    ['another issuer', () => handMade({}, { iss: 'ai-hero' })],
    ['another app’s audience', () => handMade({}, { aud: 'total-typescript:test' })],
    ['another environment’s audience', () => handMade({}, { aud: 'ai-hero:production' })],
    ['another purpose', () => createReadToken(context)],
    [
      'the other direction',
      () => createLinkToken({ ...context, from: 'ai-hero', to: 'total-typescript' }, input),
    ],
    ['another secret', () => createLinkToken({ ...context, secrets: { current: 'x'.repeat(40) } }, input)],
    [
      'no signature',
      async () =>
        new UnsecuredJWT({ jti: 'j', sub: 's', email: 'a@b.test' })
          .setIssuer('total-typescript')
          .setAudience('ai-hero:test')
          .setIssuedAt()
          .setExpirationTime('10m')
          .encode(),
    ],
    ['no sense', async () => 'not.a.token'],
  ])('is refused with %s', async (_which, make) => {
    await expect(verifyLinkToken(context, await make())).rejects.toMatchObject({ refusal: 'token-invalid' })
  })

  it('is refused, and says so, when its end has passed', async () => {
    const token = await handMade({}, { exp: Math.floor(Date.now() / 1000) - 61 })
    await expect(verifyLinkToken(context, token)).rejects.toMatchObject({ refusal: 'token-expired' })
  })
})

describe('a "this wasn’t me" token', () => {
  it('names the link, for the app that made it and nobody else', async () => {
    const token = await createUndoToken(context, { sellerUserId: 'seller', linkRevision: 3 })
    expect(await verifyUndoToken(context, token)).toEqual({ sellerUserId: 'seller', linkRevision: 3 })
    const peer: ProofContext = { ...context, from: 'ai-hero', to: 'total-typescript' }
    await expect(verifyUndoToken(peer, token)).rejects.toMatchObject({ refusal: 'token-invalid' })
    await expect(verifyLinkToken(context, token)).rejects.toMatchObject({ refusal: 'token-invalid' })
  })
})
