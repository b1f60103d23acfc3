import {Badge} from './badge'
import {DateTime} from './date-time'
import {TextLink} from './text-link'
import type {SignInWay} from './views'

/** Every way of signing in to this account, and the ones that are not connected. */
export function ConnectedSignIns({
  ways,
  email,
  emailConfirmed,
}: {
  ways: SignInWay[]
  email: string
  emailConfirmed: boolean
}) {
  return (
    <>
      <ul className="divide-y divide-rule">
        {ways.map((way) => (
          <li
            key={way.id}
            className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-4 first:pt-0"
          >
            <div className="min-w-0">
              <p className="font-semibold">{way.name}</p>
              {way.since && (
                <p className="text-sm text-ink-soft">
                  Since <DateTime iso={way.since} />
                </p>
              )}
            </div>
            <Badge tone={way.connected ? 'ready' : 'plain'}>
              {way.connected ? 'Connected' : 'Not connected'}
            </Badge>
          </li>
        ))}
        <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-4">
          <div className="min-w-0">
            <p className="font-semibold">Email link</p>
            <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">To {email}</p>
            {!emailConfirmed && (
              <p className="mt-1 text-sm">
                <TextLink href="/sign-in?callbackUrl=/account">Mail me a link to confirm it</TextLink>
              </p>
            )}
          </div>
          <Badge tone={emailConfirmed ? 'ready' : 'attention'}>
            {emailConfirmed ? 'Confirmed' : 'Not confirmed'}
          </Badge>
        </li>
      </ul>
      {ways.some((way) => !way.connected) && (
        <p className="border-t border-rule pt-4 text-sm text-ink-soft">
          To connect one, sign out and sign in with it: if it vouches for the same address, it is added here.
        </p>
      )}
    </>
  )
}
