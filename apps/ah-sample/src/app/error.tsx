'use client'

import { Button, ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'

/** What a reader sees when a page breaks: that it is not their fault, and a number to quote. Never the error itself. */
export default function ErrorPage({
	error,
	retry,
}: {
	error: Error & { digest?: string }
	retry: () => void
}) {
	return (
		<MessagePage
			eyebrow="Error"
			title="Something broke on our side"
			actions={
				<>
					<Button type="button" onClick={retry}>
						Try again
					</Button>
					<ButtonLink href="/" look="secondary">
						Home
					</ButtonLink>
				</>
			}
		>
			<p>Your courses are safe. Trying again often helps.</p>
			{error.digest === undefined ? null : (
				<p className="text-base">
					If it keeps happening, quote this to support:{' '}
					<code className="break-all font-mono text-foreground">{error.digest}</code>
				</p>
			)}
		</MessagePage>
	)
}
