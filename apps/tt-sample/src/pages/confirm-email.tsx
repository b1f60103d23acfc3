import type {GetServerSideProps} from 'next'
import Head from 'next/head'
import {dropMailedToken, takeMailedToken} from '../access/mailed-token'
import {ButtonLink} from '../components/button'
import {confirmEmailProblem} from '../components/confirm-email-problem'
import {firstValue} from '../components/first-value'
import {Layout} from '../components/layout'
import {PageTitle} from '../components/page-title'
import {SubmitButton} from '../components/submit-button'
import {readConfirmEmailToken} from '../server/auth/confirm-email-link'
import {hostContext} from '../server/host-context'

type Props = {state: 'open'; email: string; token: string} | {state: 'problem'; problem: string}

const PATH = '/confirm-email'

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const mailed = takeMailedToken(context, {path: PATH})
  if (mailed.kind === 'moved') return mailed.answer
  const problem = firstValue(context.query.problem) || (await problemOf(mailed.token))
  if (typeof problem === 'string') {
    dropMailedToken(context, {path: PATH})
    return {props: {state: 'problem', problem}}
  }
  return {props: problem}
}

/** Read anew at every visit: the mail may be older than what has happened since. */
async function problemOf(token: string | null): Promise<string | Extract<Props, {state: 'open'}>> {
  if (token === null) return 'invalid'
  const read = await readConfirmEmailToken(hostContext, token)
  if ('problem' in read) return read.problem
  return read.state === 'confirmed' ? 'confirmed' : {state: 'open', email: read.email, token}
}

/** A mail program that opens links by itself must confirm nothing: that takes the button. */
export default function ConfirmEmailPage(props: Props) {
  const {title, detail} =
    props.state === 'open'
      ? {
          title: 'Confirm your address',
          detail: 'What you bought with this address opens as soon as you confirm that it is yours.',
        }
      : confirmEmailProblem(props.problem)
  return (
    <Layout title={title} viewer={undefined} width="reading">
      <Head>
        <meta name="robots" content="noindex" />
      </Head>
      <PageTitle eyebrow="buyer satisfies Reader" title={title}>
        <p>{detail}</p>
      </PageTitle>
      {props.state === 'open' ? (
        <Confirm email={props.email} token={props.token} />
      ) : (
        <ButtonLink href="/sign-in?callbackUrl=%2Faccount">Sign in</ButtonLink>
      )}
    </Layout>
  )
}

function Confirm({email, token}: {email: string; token: string}) {
  return (
    <form action="/api/confirm-email" method="post" className="max-w-md">
      <input type="hidden" name="token" value={token} />
      <p className="mb-6 rounded-lg border border-rule bg-sheet p-5 font-semibold [overflow-wrap:anywhere]">
        {email}
      </p>
      <SubmitButton wide busyLabel="Confirming…">
        Confirm this address
      </SubmitButton>
      <p className="mt-4 text-sm text-ink-soft">
        This signs you in, too. If you did not buy anything here, close this page: without your confirmation
        nothing opens.
      </p>
    </form>
  )
}
