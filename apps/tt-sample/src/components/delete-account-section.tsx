import type {AccountMessage} from './account-message'
import {Button, ButtonLink} from './button'
import {Card} from './card'
import {Notice} from './notice'
import {SectionTitle} from './page-title'
import {SubmitButton} from './submit-button'

/**
 * The way out, with a step before it that says what it does.
 *
 * @param confirming that step
 */
export function DeleteAccountSection({
  confirming,
  problem,
}: {
  confirming: boolean
  problem: AccountMessage | null
}) {
  return (
    <section id="delete-account" aria-labelledby="delete-account-title">
      <SectionTitle id="delete-account-title">Delete account</SectionTitle>
      <div className="space-y-4">
        {problem && (
          <Notice tone={problem.tone}>
            <p className="font-semibold">{problem.title}</p>
            <p>{problem.detail}</p>
          </Notice>
        )}
        <Card>{confirming ? <Confirm /> : <Ask />}</Card>
      </div>
    </section>
  )
}

function Ask() {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
      <p className="min-w-0 flex-1 basis-60 text-sm text-ink-soft">
        You are told what it means before anything is deleted.
      </p>
      <form action="/account#delete-account" method="get">
        <input type="hidden" name="confirm" value="delete" />
        <Button look="secondary">Delete account</Button>
      </form>
    </div>
  )
}

function Confirm() {
  return (
    <div data-confirm="delete">
      <h3 className="mb-3 font-serif text-lg font-semibold">Delete your account?</h3>
      <ul className="list-disc space-y-2 pl-5 text-sm">
        <li>You are signed out, and your name, address and sign-ins are removed. There is no way back.</li>
        <li>Courses on this site can’t be opened any more. Nothing you bought is refunded by this.</li>
        <li>The link to AI Hero ends. Courses you have already opened there stay open.</li>
        <li>What was bought, and when, stays in our books.</li>
      </ul>
      <form
        action="/api/account/delete"
        method="post"
        className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-3"
      >
        <input type="hidden" name="confirm" value="delete" />
        <SubmitButton look="danger" busyLabel="Deleting…">
          Yes, delete my account
        </SubmitButton>
        <ButtonLink href="/account#delete-account" look="quiet">
          Keep my account
        </ButtonLink>
      </form>
    </div>
  )
}
