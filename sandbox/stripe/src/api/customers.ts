import { changeMetadata, clearableText, email, metadata, text } from '../http/parameters.ts'
import { buildCustomer } from '../objects/customer.ts'
import { newId } from '../store/ids.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

const fields = {
  description: clearableText(),
  email: email(),
  metadata: metadata(),
  name: clearableText({ maxLength: 256 }),
  phone: clearableText({ maxLength: 20 }),
}

export const customerRoutes: Route[] = [
  route('POST', '/v1/customers', fields, (scope, parameters) => {
    const customer = scope.objects.insert(
      'customer',
      buildCustomer({
        id: newId('customer'),
        created: scope.now(),
        email: parameters.email ?? null,
        name: parameters.name ?? null,
        phone: parameters.phone ?? null,
        description: parameters.description ?? null,
        metadata: changeMetadata({}, parameters.metadata),
      }),
    )
    scope.emit('customer.created', customer)
    return customer
  }),
  route('GET', '/v1/customers/:id', {}, (scope, _parameters, id) => {
    const deleted = scope.objects.findDeleted('customer', id)
    return deleted ?? scope.objects.get('customer', id)
  }),
  route('POST', '/v1/customers/:id', fields, (scope, parameters, id) => {
    const before = scope.objects.get('customer', id)
    const customer = {
      ...before,
      email: parameters.email ?? before.email,
      metadata: changeMetadata(before.metadata, parameters.metadata),
    }
    if (parameters.name !== undefined) customer.name = parameters.name
    if (parameters.phone !== undefined) customer.phone = parameters.phone
    if (parameters.description !== undefined) customer.description = parameters.description
    scope.objects.save('customer', customer)
    scope.emit('customer.updated', customer, before)
    return customer
  }),
  route('DELETE', '/v1/customers/:id', {}, (scope, _parameters, id) => {
    const customer = scope.objects.get('customer', id)
    const mark = scope.objects.bury('customer', id)
    scope.emit('customer.deleted', customer)
    return mark
  }),
  route(
    'GET',
    '/v1/customers',
    { ...pagination, created: createdRange, email: text() },
    (scope, parameters) =>
      // Stripe's own filter is case-sensitive too.
      listAnswer(scope, 'customer', '/v1/customers', parameters, [by('email', parameters.email)]),
  ),
]
