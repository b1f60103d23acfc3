import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'

export const metadata: Metadata = { title: 'Account deleted', robots: { index: false, follow: false } }

export default function AccountDeletedPage() {
	return (
		<MessagePage
			eyebrow="Goodbye"
			title="Your account is deleted"
			actions={
				<ButtonLink href="/" look="secondary">
					Home
				</ButtonLink>
			}
		>
			<p>
				You are signed out, and your AI Hero account is gone. What you bought on Total TypeScript is still
				yours there; link a new AI Hero account to open its courses again.
			</p>
		</MessagePage>
	)
}
