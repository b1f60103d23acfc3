import {ButtonLink} from '../button'
import {Field} from '../field'
import {SubmitButton} from '../submit-button'
import type {SyncDetail} from './views'

export type SyncAction = 'retry' | 'hold' | 'release'

const words = {
  retry: {
    label: 'Retry',
    question: 'Send this course again?',
    consequence:
      'AI Hero is told once more what this purchase entitles to. Nothing is opened or closed that should not be, however often it is sent.',
    confirm: 'Send again',
    busy: 'Sending…',
    look: 'primary',
  },
  hold: {
    label: 'Hold',
    question: 'Put this course on hold?',
    consequence:
      'The course closes on AI Hero within seconds, and its owner reads that support has put the purchase on hold. Nothing is refunded. You can release it at any time.',
    confirm: 'Put on hold',
    busy: 'Closing…',
    look: 'danger',
  },
  release: {
    label: 'Release',
    question: 'Release the hold?',
    consequence: 'The course opens again on AI Hero, unless a refund or a dispute keeps it closed.',
    confirm: 'Release the hold',
    busy: 'Opening…',
    look: 'primary',
  },
} as const

/** Which of the three make sense for a sync as it is. */
export function actionsFor(sync: Pick<SyncDetail, 'holdReason' | 'desiredState'>): SyncAction[] {
  if (sync.holdReason !== null) return ['retry', 'release']
  return sync.desiredState === 'revoked' ? ['retry'] : ['retry', 'hold']
}

/** Links to the step before each action. */
export function SyncActions({sync}: {sync: SyncDetail}) {
  return (
    <div className="mt-4 flex flex-wrap gap-3">
      {actionsFor(sync).map((action) => (
        <ButtonLink
          key={action}
          look="secondary"
          href={`/admin/syncs/${encodeURIComponent(sync.purchaseId)}?confirm=${action}&sync=${encodeURIComponent(sync.syncId)}#sync-${encodeURIComponent(sync.syncId)}`}
        >
          {words[action].label}
          <span className="sr-only">: {sync.targetProductTitle}</span>
        </ButtonLink>
      ))}
    </div>
  )
}

/**
 * The step before an action: what it does, and why it is done. A plain form: it works without JavaScript.
 *
 * @param press names this very page, so that a double click is one press
 */
export function ConfirmAction({
  sync,
  action,
  press,
  reasonMissing,
}: {
  sync: SyncDetail
  action: SyncAction
  press: string
  reasonMissing: boolean
}) {
  const {question, consequence, confirm, busy, look} = words[action]
  return (
    <form
      action="/api/admin/act-on-sync"
      method="post"
      data-confirm={action}
      className="mt-4 rounded-lg border border-rule-strong bg-sheet p-5"
    >
      <h4 className="font-serif text-lg font-semibold">{question}</h4>
      <p className="mt-1 mb-4 max-w-prose text-sm text-ink-soft">{consequence}</p>
      <input type="hidden" name="syncId" value={sync.syncId} />
      <input type="hidden" name="action" value={action} />
      <input type="hidden" name="press" value={press} />
      <input type="hidden" name="revision" value={sync.revision} />
      <Field
        label="Reason"
        name="reason"
        required
        minLength={3}
        maxLength={500}
        autoComplete="off"
        hint="Kept for good with your name. No addresses or card details, please."
        error={reasonMissing ? 'Say in a few words why.' : undefined}
      />
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-3">
        <SubmitButton look={look} busyLabel={busy}>
          {confirm}
        </SubmitButton>
        <ButtonLink href={`/admin/syncs/${encodeURIComponent(sync.purchaseId)}`} look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}
