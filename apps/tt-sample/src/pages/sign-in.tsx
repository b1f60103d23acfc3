import type {GetServerSideProps} from 'next'
import {Card} from '../components/card'
import {DiscordMark} from '../components/discord-mark'
import {Field} from '../components/field'
import {firstValue} from '../components/first-value'
import {GithubMark} from '../components/github-mark'
import {Layout} from '../components/layout'
import {Notice} from '../components/notice'
import {PageTitle} from '../components/page-title'
import {signInProblem} from '../components/sign-in-problem'
import {SubmitButton} from '../components/submit-button'
import type {Viewer} from '../components/views'
import {getCsrfToken, getViewer} from '../server/auth'
import {offeredProviders} from '../server/auth/offered-providers'

interface Props {
  viewer: Viewer | null
  csrfToken: string
  callbackUrl: string
  problem: string | null
  providers: OfferedProvider[]
}

type OfferedProvider = ReturnType<typeof offeredProviders>[number]

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, query}) => {
  const viewer = await getViewer(req, res)
  const csrfToken = await getCsrfToken(req, res)
  return {
    props: {
      viewer,
      csrfToken,
      // Where this may lead is judged by the sign-in library, which stays on our own address.
      callbackUrl: firstValue(query.callbackUrl) || '/account',
      problem: firstValue(query.error) || null,
      providers: offeredProviders(),
    },
  }
}

export default function SignInPage({viewer, csrfToken, callbackUrl, problem, providers}: Props) {
  const hidden = (
    <>
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
    </>
  )
  return (
    <Layout title="Sign in" viewer={viewer} width="reading">
      <PageTitle eyebrow="function signIn(you: Reader)" title={viewer ? 'Confirm your address' : 'Sign in'}>
        <p>
          {viewer
            ? 'You are signed in. An email link proves that an address is yours, so that purchases made with it open.'
            : 'Bought without an account? Use the address you paid with: the email link proves that it is yours.'}
        </p>
      </PageTitle>
      <div className="max-w-md space-y-6">
        {problem && <Problem code={problem} />}
        <Card>
          <form action="/api/auth/signin/email" method="post" className="space-y-4">
            {hidden}
            <Field
              label="Email address"
              name="email"
              type="email"
              autoComplete="email"
              inputMode="email"
              required
              maxLength={254}
              defaultValue={viewer?.email ?? ''}
              hint="We send you a link. There is no password."
            />
            <SubmitButton wide busyLabel="Sending the link…">
              Email me a link
            </SubmitButton>
          </form>
          {!viewer && providers.length > 0 && (
            <>
              <p className="my-6 flex items-center gap-4 text-sm text-ink-soft before:h-px before:flex-1 before:bg-rule after:h-px after:flex-1 after:bg-rule">
                or
              </p>
              <div className="space-y-3">
                {providers.map((provider) => (
                  <form key={provider.id} action={`/api/auth/signin/${provider.id}`} method="post">
                    {hidden}
                    <SubmitButton wide look="secondary" busyLabel={`Going to ${provider.name}…`}>
                      <ProviderMark id={provider.id} />
                      Continue with {provider.name}
                    </SubmitButton>
                  </form>
                ))}
              </div>
            </>
          )}
        </Card>
      </div>
    </Layout>
  )
}

function ProviderMark({id}: {id: OfferedProvider['id']}) {
  return id === 'github' ? <GithubMark /> : <DiscordMark />
}

function Problem({code}: {code: string}) {
  const {title, detail} = signInProblem(code)
  return (
    <Notice tone="problem">
      <p className="font-semibold">{title}</p>
      <p>{detail}</p>
    </Notice>
  )
}
