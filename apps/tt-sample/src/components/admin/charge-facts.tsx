import {Badge} from '../badge'
import {DateTime} from '../date-time'
import {formatMoney} from '../format-money'
import {Id} from './facts'
import type {ChargeFactView} from './views'

/** Refunds and disputes of a purchase, each at the furthest status that Stripe has told. */
export function ChargeFacts({facts}: {facts: ChargeFactView[]}) {
  if (facts.length === 0) return <p className="text-sm text-ink-soft">None: the money is with us.</p>
  return (
    <ul className="space-y-4 text-sm">
      {facts.map((fact) => (
        <li key={fact.id} data-fact={fact.kind}>
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <span className="font-semibold">
              {fact.kind === 'refund' ? 'Refund' : 'Dispute'} of {formatMoney(fact.amount)}
            </span>
            <Badge>{fact.status.replaceAll('_', ' ')}</Badge>
          </p>
          <p className="text-ink-soft">
            <DateTime iso={fact.since} precise />
          </p>
          <Id>{fact.id}</Id>
        </li>
      ))}
    </ul>
  )
}
