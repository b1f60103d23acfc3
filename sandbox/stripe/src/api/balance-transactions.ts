import { text } from '../http/parameters.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const balanceTransactionRoutes: Route[] = [
  route('GET', '/v1/balance_transactions/:id', {}, (scope, _parameters, id) =>
    scope.objects.get('balance_transaction', id),
  ),
  route(
    'GET',
    '/v1/balance_transactions',
    { ...pagination, created: createdRange, source: text(), type: text() },
    (scope, parameters) =>
      listAnswer(scope, 'balance_transaction', '/v1/balance_transactions', parameters, [
        by('source', parameters.source),
        by('type', parameters.type),
      ]),
  ),
]
