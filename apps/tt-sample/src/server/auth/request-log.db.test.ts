import type {NextApiRequest} from 'next'
import {expect, it} from 'vitest'
import {serveRoute} from '../../../test/support/serve-route'
import handler from '../../pages/api/auth/[...nextauth]'

it('leaves address and token of a sign-in link out of what a request log writes when the response ends', async () => {
  const logged: (string | undefined)[] = []
  const server = await serveRoute(async (request, response) => {
    response.on('close', () => logged.push(request.url))
    Object.assign(request.query, {nextauth: ['callback', 'email']} satisfies NextApiRequest['query'])
    Object.assign(response, {
      redirect: (status: number, to: string) => response.writeHead(status, {location: to}).end(),
    })
    await handler(request, response)
  })
  const answer = await fetch(`${server.url}/api/auth/callback/email?token=secret&email=ada%40example.com`, {
    redirect: 'manual',
  })
  await answer.text()
  await server.close()
  // It did look at the query: the token is refused as one that doesn't exist.
  expect(answer.headers.get('location')).toMatch(/error=Verification/)
  expect(logged).toEqual(['/api/auth/callback/email'])
})
