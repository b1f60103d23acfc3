import type {LinkView} from '../cross-app/ui/link-view'
import type {SyncStatus, SyncView} from '../cross-app/ui/sync-view'

/**
 * What the pages show, as plain JSON: these are the shapes that the read functions of the server return and that
 * `getServerSideProps` hands to the components.
 */

/** The signed-in person. */
export interface Viewer {
  id: string
  name: string | null
  email: string
  /** `ADMIN` may see `/admin`. */
  role: 'ADMIN' | 'USER'
}

/** An amount in the currency's minor unit, e.g. cents. */
export interface Money {
  amount: number
  /** ISO 4217, any case. */
  currency: string
}

/** Somewhere to go on to. */
export interface PageLink {
  label: string
  href: string
}

export type AppName = 'total-typescript' | 'ai-hero'

/** One product in the catalogue. */
export interface ProductCardView {
  id: string
  slug: string
  title: string
  summary: string
  kind: 'course' | 'bundle'
  price: Money
  includes: {title: string; app: AppName}[]
}

/** One course that a product contains. */
export interface IncludedCourse {
  title: string
  summary: string
  app: AppName
  lessons: {title: string}[]
}

export interface ProductPageView extends ProductCardView {
  /** Paragraphs. */
  description: string[]
  includes: IncludedCourse[]
  owned: {purchaseId: string; courseHref: string | null} | null
  /** The bundle to offer instead; null for a bundle, and for whoever owns the course or the bundle. */
  offer: BundleOfferView | null
}

/** A course of this app that came with a purchase. */
export interface OwnCourse {
  slug: string
  title: string
  open: boolean
  /** Why it is not open. */
  note: string | null
  action: PageLink | null
}

export interface ThankYouView {
  /** Null until the payment has been reported to us. */
  purchaseId: string | null
  productTitle: string | null
  price: Money | null
  courses: OwnCourse[]
  /** A guest's purchase: nothing opens before the address is confirmed. */
  waitsForConfirmation: boolean
  status: SyncStatus
}

export type CourseAccess =
  | {open: true}
  | {open: false; title: string; detail: string; action: PageLink | null}

export interface CoursePageView {
  slug: string
  title: string
  summary: string
  lessons: {slug: string; title: string; summary: string | null}[]
  access: CourseAccess
}

export interface LessonPageView {
  course: {slug: string; title: string}
  /** Null when the viewer has no access: then the text never leaves the server. */
  lesson: {slug: string; title: string; body: string} | null
  access: CourseAccess
  /** Counted from 1. */
  position: number
  total: number
  previous: {slug: string; title: string} | null
  next: {slug: string; title: string} | null
}

export type PurchaseState = 'paid' | 'refunded' | 'disputed'

export interface PurchaseView {
  id: string
  productTitle: string
  productSlug: string
  /** ISO 8601, UTC. */
  purchasedAt: string
  price: Money
  status: PurchaseState
  courses: OwnCourse[]
  syncs: SyncView[]
}

export interface AccountView {
  email: string
  name: string | null
  emailConfirmed: boolean
  /** Something was bought with this address without signing in, and waits until it is confirmed. */
  waitsForConfirmation: boolean
  /** Sign-in providers: those that are connected, and those that could be. */
  signInWays: SignInWay[]
  link: LinkView
  purchases: PurchaseView[]
  /** See `SyncStatus.page`. */
  page: string
}

export interface SignInWay {
  id: string
  /** As people know it. */
  name: string
  connected: boolean
  /** ISO 8601, UTC; null when it is not connected, or was before that was noted. */
  since: string | null
}

/** A bundle that holds a course which the viewer may be about to buy alone. */
export interface BundleOfferView {
  productId: string
  slug: string
  title: string
  /** Titles of what it adds on AI Hero. */
  adds: string[]
  price: Money
  /** What its parts cost one by one, and what the bundle saves; null when that can't be told. */
  separately: {price: Money; saving: Money} | null
}
