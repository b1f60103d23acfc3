import type { ListedMail } from '@/cross-app'
import { describeMail } from './describe-status'
import { Nothing } from './facts'
import { When } from './when'

const STATES: Record<ListedMail['state'], string> = {
	sent: 'Sent',
	waiting: 'Waiting',
	refused: 'Refused',
	skipped: 'Not sent: nothing left to say',
}

/** Mails and what became of them; never to whom, which is read when they are sent. */
export function MailList({ mails }: { mails: ListedMail[] }) {
	if (mails.length === 0) {
		return (
			<Nothing>
				<p>No mail was due.</p>
			</Nothing>
		)
	}
	return (
		<ul className="flex flex-col divide-y divide-border rounded-lg border border-border bg-card">
			{mails.map((mail) => (
				<li
					key={mail.id}
					data-mail={mail.template}
					className="flex flex-wrap justify-between gap-x-8 gap-y-1 px-5 py-3"
				>
					<span className="flex min-w-0 flex-col">
						<span className="font-semibold text-sm">{describeMail(mail.template)}</span>
						<span className="font-mono text-muted-foreground text-xs">{mail.template}</span>
					</span>
					<span className="flex flex-col text-sm sm:items-end">
						<span className={mail.state === 'refused' ? 'font-semibold text-destructive' : ''}>
							{STATES[mail.state]}
						</span>
						<When at={mail.sentAt ?? mail.queuedAt} className="text-muted-foreground text-xs" />
					</span>
					{mail.error === null ? null : (
						<p className="wrap-anywhere basis-full text-destructive text-sm">{mail.error}</p>
					)}
				</li>
			))}
		</ul>
	)
}
