import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button'
import { describeSignInError } from '@/components/describe-sign-in-error'
import { MessagePage } from '@/components/message-page'

export const metadata: Metadata = { title: 'Sign-in problem' }

export default async function AuthErrorPage({
	searchParams,
}: {
	searchParams: Promise<{ error?: string | string[] }>
}) {
	const { error } = await searchParams
	const { title, advice } = describeSignInError(typeof error === 'string' ? error : undefined)
	return (
		<MessagePage
			eyebrow="Sign-in"
			title={title}
			actions={<ButtonLink href="/sign-in">Sign in again</ButtonLink>}
		>
			<p>{advice}</p>
		</MessagePage>
	)
}
