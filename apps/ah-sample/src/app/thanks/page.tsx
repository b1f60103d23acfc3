import type { Metadata } from 'next'
import { readCheckoutResult } from '@/commerce/read-checkout-result'
import { ButtonLink } from '@/components/button'
import { LiveNote } from '@/components/live-note'
import { mayStillChange } from '@/components/may-still-change'
import { MessagePage } from '@/components/message-page'
import { StateBadge } from '@/cross-app/ui/state-badge'
import { getViewer } from '@/server/auth'

// The address carries the Checkout session. `no-referrer` would also hide this site from its own forms: see account-link/layout.
export const metadata: Metadata = { title: 'Thank you', referrer: 'same-origin' }

export default async function ThanksPage({
	searchParams,
}: {
	searchParams: Promise<{ session_id?: string | string[] }>
}) {
	const { session_id: checkoutSessionId } = await searchParams
	const viewer = await getViewer()
	const result =
		typeof checkoutSessionId === 'string'
			? await readCheckoutResult({ checkoutSessionId, userId: viewer?.id ?? null })
			: null
	if (result === null) {
		return (
			<MessagePage
				eyebrow="Checkout"
				title="We can't find this checkout"
				actions={<ButtonLink href="/profile">My courses</ButtonLink>}
			>
				<p>
					If you have just paid, your course shows up under “My courses”. The link to this page may be
					incomplete.
				</p>
			</MessagePage>
		)
	}
	return (
		<MessagePage
			eyebrow="Thank you"
			title={result.courseTitle}
			actions={
				result.signInNeeded ? (
					<ButtonLink href={`/sign-in?callbackUrl=${encodeURIComponent(`/courses/${result.courseSlug}`)}`}>
						Sign in with your email
					</ButtonLink>
				) : result.state.tone === 'ready' && result.firstLessonSlug !== null ? (
					<ButtonLink href={`/courses/${result.courseSlug}/${result.firstLessonSlug}`}>
						Start learning
					</ButtonLink>
				) : (
					<ButtonLink href="/profile" look="secondary">
						My courses
					</ButtonLink>
				)
			}
		>
			<p>
				<StateBadge tone={result.state.tone} label={result.state.badge} />
			</p>
			<p className="text-foreground">{result.state.sentence}</p>
			<LiveNote active={mayStillChange(result.state)} />
		</MessagePage>
	)
}
