import type {LinkView} from '../cross-app/ui/link-view'
import {LinkedAccount, UnlinkConsequences} from '../cross-app/ui/linked-account'
import type {AccountMessage} from './account-message'
import {Button, ButtonLink} from './button'
import {Card} from './card'
import {Notice} from './notice'
import {SectionTitle} from './page-title'
import {SubmitButton} from './submit-button'

/**
 * The account page's part about AI Hero. Everything in it is a form or a link, so it works without JavaScript.
 *
 * @param arrived the reader comes from AI Hero, to link
 * @param confirming the step before unlinking
 * @param justUnlinked the reader has just asked for it
 */
export function AiHeroSection({
  link,
  problem,
  arrived,
  confirming,
  justUnlinked,
}: {
  link: LinkView
  problem: AccountMessage | null
  arrived: boolean
  confirming: boolean
  justUnlinked: boolean
}) {
  const askingToUnlink = confirming && link.state === 'linked'
  const invited = arrived && link.state === 'none'
  return (
    <section id="ai-hero" aria-labelledby="linked-account">
      <SectionTitle id="linked-account">Linked account</SectionTitle>
      <div className="space-y-4">
        {problem && <Message message={problem} />}
        {problem === null && arrived && <Arrived state={link.state} />}
        {problem === null && justUnlinked && link.state === 'none' && (
          <Notice tone="hint">
            <p className="font-semibold">Your accounts are no longer linked</p>
            <p>Courses you have already opened on AI Hero stay open there. New ones will wait.</p>
          </Notice>
        )}
        <div className={invited ? 'rounded-lg ring-2 ring-blue ring-offset-4 ring-offset-paper' : undefined}>
          <Card>
            <LinkedAccount link={link} otherApp="AI Hero">
              {link.state === 'none' && <LinkForm />}
              {link.state === 'linked' && !askingToUnlink && <AskToUnlink />}
            </LinkedAccount>
            {askingToUnlink && <ConfirmUnlink />}
            {link.state === 'unlinking' && (
              <noscript>
                <p className="mt-4 text-sm">Load this page again to see whether it is done.</p>
              </noscript>
            )}
          </Card>
        </div>
      </div>
    </section>
  )
}

function Message({message}: {message: AccountMessage}) {
  return (
    <Notice tone={message.tone}>
      <p className="font-semibold">{message.title}</p>
      <p>{message.detail}</p>
    </Notice>
  )
}

function Arrived({state}: {state: LinkView['state']}) {
  switch (state) {
    case 'none':
      return (
        <Notice tone="hint">
          <p className="font-semibold">You came from AI Hero to link your accounts</p>
          <p>
            Press “Link your AI Hero account”. AI Hero then shows you both accounts, and nothing is linked
            before you say yes there.
          </p>
        </Notice>
      )
    case 'linked':
      return (
        <Notice tone="hint">
          <p className="font-semibold">Your accounts are linked already</p>
          <p>There is nothing left to do here.</p>
        </Notice>
      )
    case 'unlinking':
      return (
        <Notice tone="hint">
          <p className="font-semibold">The last link is still being ended</p>
          <p>As soon as AI Hero has confirmed it, you can link an account here again.</p>
        </Notice>
      )
  }
}

function LinkForm() {
  return (
    <form action="/api/account-link/initiate" method="post">
      <SubmitButton busyLabel="Going to AI Hero…">Link your AI Hero account</SubmitButton>
    </form>
  )
}

function AskToUnlink() {
  return (
    <form action="/account#ai-hero" method="get">
      <input type="hidden" name="confirm" value="unlink" />
      <Button look="secondary">Unlink</Button>
    </form>
  )
}

function ConfirmUnlink() {
  return (
    <div className="mt-6 border-t border-rule pt-6" data-confirm="unlink">
      <h3 className="mb-4 font-serif text-lg font-semibold">Unlink from AI Hero?</h3>
      <UnlinkConsequences otherApp="AI Hero" />
      <form
        action="/api/account-link/unlink"
        method="post"
        className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-3"
      >
        <SubmitButton busyLabel="Unlinking…">Yes, unlink</SubmitButton>
        <ButtonLink href="/account#ai-hero" look="quiet">
          Keep it linked
        </ButtonLink>
      </form>
    </div>
  )
}
