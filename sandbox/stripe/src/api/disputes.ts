import { changeMetadata, metadata, text } from '../http/parameters.ts'
import { closeDispute } from '../payments/disputes.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const disputeRoutes: Route[] = [
  route('GET', '/v1/disputes/:id', {}, (scope, _parameters, id) => scope.objects.get('dispute', id)),
  route('POST', '/v1/disputes/:id', { metadata: metadata() }, (scope, parameters, id) => {
    const before = scope.objects.get('dispute', id)
    const dispute = scope.objects.save('dispute', {
      ...before,
      metadata: changeMetadata(before.metadata, parameters.metadata),
    })
    scope.emit('charge.dispute.updated', dispute, before)
    return dispute
  }),
  // Closing a dispute by the API means giving in: the money stays with the buyer.
  route('POST', '/v1/disputes/:id/close', {}, (scope, _parameters, id) => closeDispute(scope, id, 'lost')),
  route(
    'GET',
    '/v1/disputes',
    { ...pagination, created: createdRange, charge: text(), payment_intent: text() },
    (scope, parameters) =>
      listAnswer(scope, 'dispute', '/v1/disputes', parameters, [
        by('charge', parameters.charge),
        by('payment_intent', parameters.payment_intent),
      ]),
  ),
]
