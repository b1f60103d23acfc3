import {isLinkRefused} from '@cross-app/shared'
import type {GetServerSideProps} from 'next'
import Head from 'next/head'
import {dropMailedToken, takeMailedToken} from '../../access/mailed-token'
import {ButtonLink} from '../../components/button'
import {firstValue} from '../../components/first-value'
import {Layout} from '../../components/layout'
import {PageTitle} from '../../components/page-title'
import {SubmitButton} from '../../components/submit-button'
import {type UndoOutcome, undoLinkWords} from '../../components/undo-link-words'
import {hostContext} from '../../server/host-context'

type Props = {state: 'open'; token: string} | {state: 'over'; outcome: UndoOutcome}

const PATH = '/account-link/not-me'

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const mailed = takeMailedToken(context, {path: PATH})
  if (mailed.kind === 'moved') return mailed.answer
  const outcome = await outcomeOf(context.query, mailed.token)
  if (outcome !== null || mailed.token === null) {
    dropMailedToken(context, {path: PATH})
    return {props: {state: 'over', outcome: outcome ?? 'invalid'}}
  }
  return {props: {state: 'open', token: mailed.token}}
}

/** Null while there is something to decide. */
async function outcomeOf(
  query: Partial<Record<string, string | string[]>>,
  token: string | null,
): Promise<UndoOutcome | null> {
  if (firstValue(query.done) !== '') return 'done'
  const problem = firstValue(query.problem)
  if (problem !== '') return problem === 'token-expired' ? 'expired' : 'invalid'
  if (token === null) return 'invalid'
  try {
    await hostContext.crossApp.bridge.verifyUndoToken(token)
    return null
  } catch (error) {
    if (!isLinkRefused(error)) throw error
    return error.refusal === 'token-expired' ? 'expired' : 'invalid'
  }
}

/** A mail program that opens links by itself must undo nothing: that takes the button. */
export default function NotMePage(props: Props) {
  const {title, paragraphs} = undoLinkWords(props.state === 'open' ? 'open' : props.outcome)
  return (
    <Layout title={title} viewer={undefined} width="reading">
      <Head>
        <meta name="robots" content="noindex" />
      </Head>
      <PageTitle eyebrow="you !== you" title={title}>
        {paragraphs.map((paragraph) => (
          <p key={paragraph} className="mt-3">
            {paragraph}
          </p>
        ))}
      </PageTitle>
      {props.state === 'open' ? (
        <form
          action="/api/account-link/not-me"
          method="post"
          className="flex flex-wrap items-center gap-x-4 gap-y-3"
        >
          <input type="hidden" name="token" value={props.token} />
          <SubmitButton busyLabel="Undoing the link…">Undo the link</SubmitButton>
          <ButtonLink href="/" look="quiet">
            It was me after all
          </ButtonLink>
        </form>
      ) : (
        <ButtonLink href="/account#ai-hero">See your account</ButtonLink>
      )}
    </Layout>
  )
}
