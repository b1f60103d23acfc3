import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFoundPage() {
	return (
		<MessagePage
			eyebrow="404"
			title="There is nothing here"
			actions={
				<>
					<ButtonLink href="/#courses">See the courses</ButtonLink>
					<ButtonLink href="/profile" look="secondary">
						My courses
					</ButtonLink>
				</>
			}
		>
			<p>The address may be mistyped, or the page has moved.</p>
		</MessagePage>
	)
}
