import {formatMoney} from './format-money'
import type {Money} from './views'

/** A price in the monospaced accent, with its currency spelled out. */
export function Price({price, size = 'medium'}: {price: Money; size?: 'medium' | 'large'}) {
  return (
    <span
      className={`inline-flex items-baseline gap-2 font-mono font-semibold tabular-nums ${size === 'large' ? 'text-2xl' : 'text-lg'}`}
    >
      {formatMoney(price)}
      <span className="text-xs font-normal text-ink-soft">{price.currency.toUpperCase()}</span>
    </span>
  )
}
