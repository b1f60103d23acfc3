import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'
import { onlyValue } from '@/components/only-value'

export const metadata: Metadata = { title: 'Undone' }

export default async function LinkUndonePage({
	searchParams,
}: {
	searchParams: Promise<{ outcome?: string | string[] }>
}) {
	const unchanged = onlyValue((await searchParams).outcome) === 'unchanged'
	return (
		<MessagePage
			eyebrow="This wasn’t me"
			title={unchanged ? 'That link was undone before' : 'The link is undone'}
			actions={
				<ButtonLink href="/profile" look="secondary">
					My profile
				</ButtonLink>
			}
		>
			<p>
				The accounts are not linked by it any more, and the courses that it had opened here are closed. They
				wait for whoever bought them.
			</p>
			<p className="text-base">
				If somebody else was in your account, sign out everywhere at the provider you sign in with, and change
				your password there.
			</p>
		</MessagePage>
	)
}
