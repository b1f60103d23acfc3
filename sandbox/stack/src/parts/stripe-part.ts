import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { appPaths, type RouteThrough, serviceUrl } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { nodeProgram, repositoryRoot } from '../paths.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import { writePrivateJson } from '../stack-info.ts'
import type { PartDefinition } from './part.ts'
import { startHttpPart } from './start-http-part.ts'

/** The Stripe stand-in with both apps' accounts. */
export function stripePart({
  ports,
  secrets,
  folder,
  logFile,
  routes = {},
}: {
  ports: StackPorts
  secrets: StackSecrets
  folder: string
  logFile: string
  routes?: RouteThrough
}): PartDefinition {
  return {
    name: 'stripe',
    async start(guard) {
      mkdirSync(folder, { recursive: true })
      const accountsFile = join(folder, 'accounts.json')
      const account = (app: 'tt' | 'ah', name: string, origin: string) => ({
        name,
        key: app,
        secretKey: secrets.stripeSecretKey[app],
        webhooks: [{ url: origin + appPaths.stripeWebhook, secret: secrets.stripeWebhookSecret[app] }],
      })
      writePrivateJson(accountsFile, [
        account('tt', 'Total TypeScript', routes.stripeToTt ?? serviceUrl(ports, 'tt')),
        account('ah', 'AI Hero', routes.stripeToAh ?? serviceUrl(ports, 'ah')),
      ])
      const process_ = await startHttpPart({
        guard,
        name: 'stripe',
        command: {
          command: nodeProgram(),
          args: [
            join(repositoryRoot, 'sandbox', 'stripe', 'src', 'main.ts'),
            '--host',
            '127.0.0.1',
            '--port',
            String(ports.stripe),
            '--data-dir',
            join(folder, 'data'),
            '--accounts',
            accountsFile,
          ],
          cwd: folder,
          env: childEnvironment(),
          logFile,
        },
        readyUrl: serviceUrl(ports, 'stripe'),
      })
      return { kind: 'Stripe stand-in', version: '', url: serviceUrl(ports, 'stripe'), process: process_ }
    },
  }
}
