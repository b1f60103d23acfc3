import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'

export const metadata: Metadata = { title: 'Check your email' }

export default function CheckYourEmailPage() {
	return (
		<MessagePage
			eyebrow="One more step"
			title="Check your email"
			actions={
				<ButtonLink href="/sign-in" look="secondary">
					Use another address
				</ButtonLink>
			}
		>
			<p>We sent you a link that signs you in. Open it on this device; it works once.</p>
			<p className="text-base">
				Nothing there after a minute? Look into your spam folder, then ask for a new link.
			</p>
		</MessagePage>
	)
}
