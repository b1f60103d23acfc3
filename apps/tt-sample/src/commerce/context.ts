import type Stripe from 'stripe'
import type {DatabaseContext} from '../cross-app'

/** What commerce verbs are given. */
export interface CommerceContext extends DatabaseContext {
  stripe: Stripe
}
