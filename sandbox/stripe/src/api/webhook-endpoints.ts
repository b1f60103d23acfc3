import { noSuch } from '../http/stripe-error.ts'
import { API_VERSION } from '../version.ts'
import { pagination, type Route, route } from './route.ts'

export const webhookEndpointRoutes: Route[] = [
  route('GET', '/v1/webhook_endpoints/:id', {}, (scope, _parameters, id) => {
    const endpoint = scope.endpoints.find((candidate) => candidate.id === id)
    if (endpoint === undefined) throw noSuch('webhook endpoint', id)
    return shownEndpoint(endpoint)
  }),
  route('GET', '/v1/webhook_endpoints', pagination, (scope) => ({
    object: 'list',
    data: scope.endpoints.map(shownEndpoint),
    has_more: false,
    url: '/v1/webhook_endpoints',
  })),
]

function shownEndpoint(endpoint: { id: string; url: string; events: string[] }): object {
  return {
    id: endpoint.id,
    object: 'webhook_endpoint',
    api_version: API_VERSION,
    application: null,
    created: 0,
    description: 'From the accounts file of the sandbox',
    enabled_events: endpoint.events,
    livemode: false,
    metadata: {},
    status: 'enabled',
    url: endpoint.url,
  }
}
