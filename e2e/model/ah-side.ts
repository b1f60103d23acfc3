import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bridge } from '@cross-app/shared'
import type { CrossAppContext } from '../../apps/ah-sample/src/cross-app/context'
import { listChanges } from '../../apps/ah-sample/src/cross-app/grants/list-changes'

/** AI Hero's read API over HTTP, for Total TypeScript's pull: the same verb and token check as the app's route. */
export async function serveChanges(
  context: CrossAppContext,
  bridge: Bridge,
): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const after = searchParams.get('after')
    bridge
      .verifyReadToken(request.headers.authorization)
      .then(() =>
        listChanges(context, {
          kind: searchParams.get('kind') === 'links' ? 'links' : 'grants',
          since: new Date(searchParams.get('since') ?? 0),
          limit: Number(searchParams.get('limit')),
          ...(after === null ? {} : { after }),
        }),
      )
      .then(
        (changes) => response.setHeader('content-type', 'application/json').end(JSON.stringify(changes)),
        () => response.writeHead(401).end('{}'),
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
