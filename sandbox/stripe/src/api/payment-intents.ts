import { changeMetadata, clearableText, metadata, text } from '../http/parameters.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const paymentIntentRoutes: Route[] = [
  route('GET', '/v1/payment_intents/:id', {}, (scope, _parameters, id) =>
    scope.objects.get('payment_intent', id),
  ),
  route(
    'POST',
    '/v1/payment_intents/:id',
    { metadata: metadata(), description: clearableText(), receipt_email: clearableText() },
    (scope, parameters, id) => {
      const before = scope.objects.get('payment_intent', id)
      return scope.objects.save('payment_intent', {
        ...before,
        metadata: changeMetadata(before.metadata, parameters.metadata),
        description: parameters.description === undefined ? before.description : parameters.description,
        receipt_email:
          parameters.receipt_email === undefined ? before.receipt_email : parameters.receipt_email,
      })
    },
  ),
  route(
    'GET',
    '/v1/payment_intents',
    { ...pagination, created: createdRange, customer: text() },
    (scope, parameters) =>
      listAnswer(scope, 'payment_intent', '/v1/payment_intents', parameters, [
        by('customer', parameters.customer),
      ]),
  ),
]
