import { changeMetadata, clearableText, metadata, text } from '../http/parameters.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const chargeRoutes: Route[] = [
  route('GET', '/v1/charges/:id', {}, (scope, _parameters, id) => scope.objects.get('charge', id)),
  route(
    'POST',
    '/v1/charges/:id',
    { metadata: metadata(), description: clearableText(), receipt_email: clearableText() },
    (scope, parameters, id) => {
      const before = scope.objects.get('charge', id)
      const charge = scope.objects.save('charge', {
        ...before,
        metadata: changeMetadata(before.metadata, parameters.metadata),
        description: parameters.description === undefined ? before.description : parameters.description,
        receipt_email:
          parameters.receipt_email === undefined ? before.receipt_email : parameters.receipt_email,
      })
      scope.emit('charge.updated', charge, before)
      return charge
    },
  ),
  route(
    'GET',
    '/v1/charges',
    { ...pagination, created: createdRange, customer: text(), payment_intent: text() },
    (scope, parameters) =>
      listAnswer(scope, 'charge', '/v1/charges', parameters, [
        by('customer', parameters.customer),
        by('payment_intent', parameters.payment_intent),
      ]),
  ),
]
