import { ButtonLink } from './button'
import type { LinkProblem, NextStep } from './describe-link-problem'
import { MessagePage } from './message-page'
import { PostForm } from './post-form'

/**
 * A link that was not made: why, and what to do next.
 *
 * @param code the reason as the program knows it, for support and tests
 * @param sellerLinkHref where linking starts
 * @param maySwitch the request is still good, so another AI Hero account can take it up
 */
export function LinkProblemPage({
	problem,
	code,
	sellerLinkHref,
	maySwitch = false,
}: {
	problem: LinkProblem
	code: string
	sellerLinkHref: string
	maySwitch?: boolean
}) {
	const steps: Record<NextStep, { label: string; href: string }> = {
		'start-again': { label: 'Start again', href: sellerLinkHref },
		'seller-account': { label: 'My Total TypeScript account', href: sellerLinkHref },
		'review-again': { label: 'Look again', href: '/account-link/review' },
		profile: { label: 'My profile', href: '/profile#linked-account' },
	}
	return (
		<div data-refusal={code}>
			<MessagePage
				eyebrow="Linking accounts"
				title={problem.title}
				actions={
					<>
						{problem.next.map((step, index) => (
							<ButtonLink key={step} href={steps[step].href} look={index === 0 ? 'primary' : 'secondary'}>
								{steps[step].label}
							</ButtonLink>
						))}
						{maySwitch ? (
							<PostForm action="/account-link/switch" workingLabel="Signing out…" look="secondary">
								Use another AI Hero account
							</PostForm>
						) : null}
					</>
				}
			>
				<p>{problem.advice}</p>
			</MessagePage>
		</div>
	)
}
