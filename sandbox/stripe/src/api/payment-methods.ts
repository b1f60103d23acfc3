import { type Route, route } from './route.ts'

export const paymentMethodRoutes: Route[] = [
  route('GET', '/v1/payment_methods/:id', {}, (scope, _parameters, id) =>
    scope.objects.get('payment_method', id),
  ),
]
