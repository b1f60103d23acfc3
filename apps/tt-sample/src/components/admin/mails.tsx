import {DateTime} from '../date-time'
import type {MailView} from './views'

/** The mails of this app about something, and whether they got out. */
export function Mails({mails}: {mails: MailView[]}) {
  if (mails.length === 0) return <p className="text-sm text-ink-soft">This app has sent no mail about it.</p>
  return (
    <ul className="divide-y divide-rule border-y border-rule text-sm">
      {mails.map((mail) => (
        <li key={mail.id} className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3">
          <span className="font-semibold">{mail.title}</span>
          {mail.problem !== null ? (
            <span className="font-semibold text-problem [overflow-wrap:anywhere]">{mail.problem}</span>
          ) : mail.sentAt === null ? (
            <span className="text-ink-soft">
              waiting since <DateTime iso={mail.queuedAt} precise />
            </span>
          ) : (
            <span className="text-ink-soft">
              accepted by the mail provider <DateTime iso={mail.sentAt} precise />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
