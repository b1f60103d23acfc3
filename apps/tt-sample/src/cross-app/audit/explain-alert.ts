import type {AlertExplanation} from '../ui/alert-explanation'

/** Every alert this app raises, in the words of the admin page. A test compares the names with the code. */
export const ALERTS: Record<string, AlertExplanation> = {
  'alert.sync-refused': {
    title: 'AI Hero refused a course',
    means: 'AI Hero will not open or close this course, most often because it does not know its id.',
    next: 'Open the purchase: it says what AI Hero named. Correct that, then press Retry there.',
  },
  'alert.sync-unanswered': {
    title: 'AI Hero does not answer',
    means: 'One course has been sent again and again without an answer. It goes on trying.',
    next: 'See whether AI Hero is up. Nothing is lost: it is delivered when AI Hero answers again.',
  },
  'alert.send-refused': {
    title: 'AI Hero’s event service refused an event',
    means: 'An event was not accepted, and would not be a second time: a wrong key, or too large.',
    next: 'Tell an engineer: the event key for AI Hero has to be looked at.',
  },
  'alert.unlink-unanswered': {
    title: 'An unlinking is not confirmed',
    means: 'Somebody ended their link, and AI Hero has not confirmed it for a long time. It goes on trying.',
    next: 'See whether AI Hero is up. If it is, tell an engineer.',
  },
  'alert.peer-ahead': {
    title: 'AI Hero knows a later state than we do',
    means: 'Our database has been restored from a backup, or is wrong. This course is stopped for now.',
    next: 'The next sweep reads refunds and disputes anew from Stripe and goes on by itself. Look at the purchase in a few minutes.',
  },
  'alert.revision-conflict': {
    title: 'Two states under one number',
    means:
      'AI Hero has another state under the same revision. Neither is trusted until the facts are read anew.',
    next: 'The next sweep does that by itself. If this comes more than once, tell an engineer.',
  },
  'alert.peer-behind': {
    title: 'AI Hero has lost a state',
    means: 'AI Hero’s database has been restored from a backup. What it lost is sent again.',
    next: 'Nothing, unless there are many: then an engineer should run the full comparison of the runbook.',
  },
  'alert.unknown-sync': {
    title: 'AI Hero answered about an unknown purchase',
    means: 'AI Hero has a grant of a purchase that our database does not have: we have lost it in a restore.',
    next: 'Have an engineer import its checkout again from Stripe (runbook, “import a checkout”).',
  },
  'alert.unreadable-change': {
    title: 'A change on AI Hero can’t be read',
    means: 'One row of AI Hero’s changes has an unknown form, so the two apps run versions that don’t fit.',
    next: 'Tell an engineer. Everything else goes on.',
  },
  'alert.event-rejected': {
    title: 'An event was rejected',
    means: 'Somebody sent an event that AI Hero has not signed, or that was altered. It changed nothing.',
    next: 'Tell an engineer, once: it is an attack, a wrong secret, or two versions that don’t fit.',
  },
  'alert.function-failed': {
    title: 'A background job gave up',
    means: 'Every attempt of one run failed. What it should have done is done by the next sweep.',
    next: 'If this comes more than once, tell an engineer, with the run’s id.',
  },
  'alert.email-refused': {
    title: 'A mail was refused',
    means: 'The mail provider will never accept this mail, most often because the address is none.',
    next: 'Open the purchase or the person, and reach the buyer in another way.',
  },
  'alert.buyer-unidentified': {
    title: 'A purchase without an owner',
    means: 'Somebody paid with an address that fits no account exactly, so nobody owns the purchase yet.',
    next: 'Look the payment up in Stripe, ask the buyer for their account’s address, and have an engineer assign it.',
  },
  'alert.checkout-held': {
    title: 'Paid for something we don’t know',
    means: 'A payment came in for a price that is not in our catalogue. Nothing was recorded.',
    next: 'Add the price to the catalogue, then send the event again from Stripe’s dashboard; or refund it.',
  },
}

/** The words for one alert; one of another version gets general ones, never none. */
export function explainAlert(action: string): AlertExplanation {
  return (
    ALERTS[action] ?? {
      title: action.replace(/^alert\./, '').replace(/-/g, ' '),
      means: 'This version of the app has no words for this alert.',
      next: 'Tell an engineer, with the details below.',
    }
  )
}
