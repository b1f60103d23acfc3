import type { ReactNode } from 'react'
import type { Course, CourseLock } from '@/access/course-types'
import { StateBadge } from '@/cross-app/ui/state-badge'
import { ButtonLink } from './button'
import { BuyButton } from './buy-button'
import { Card } from './card'
import { formatMoney } from './format-money'

/**
 * What stands between this viewer and a course, and the next step. The reason is the server's; this only prints it.
 *
 * @param returnPath where to come back to after signing in
 * @param bundleHref where the bundle with this course is sold
 */
export function CourseLockPanel({
	course,
	lock,
	returnPath,
	bundleHref,
}: {
	course: Course
	lock: CourseLock
	returnPath: string
	bundleHref: string
}) {
	return (
		<Card data-lock={lock.reason} className="flex flex-col gap-5 p-6 sm:p-8">
			<div className="flex flex-col items-start gap-3">
				{lock.reason === 'grant' ? (
					<h2>
						<span className="sr-only">Your access: </span>
						<StateBadge tone={lock.grant.tone} label={lock.grant.badge} />
					</h2>
				) : (
					<h2 className="text-xl">
						{lock.reason === 'signed-out' ? 'Sign in to open this course' : 'This course is not yours yet'}
					</h2>
				)}
				{lockText(lock, course.price)}
			</div>
			<div className="flex flex-col gap-3 empty:hidden">
				{lockActions({ course, lock, returnPath, bundleHref })}
			</div>
		</Card>
	)
}

function lockText(lock: CourseLock, price: Course['price']): ReactNode {
	if (lock.reason === 'signed-out') {
		return (
			<p className="text-muted-foreground">
				If you bought it here, or in a bundle on Total TypeScript, it is waiting behind your sign-in.
				{price === null
					? null
					: ` New here? Sign in, then buy it for ${formatMoney(price.amount, price.currency)}.`}
			</p>
		)
	}
	if (lock.reason === 'not-owned') {
		return (
			<p className="text-muted-foreground">
				Buy it here. Some of our courses also come in a bundle with TypeScript courses, on Total TypeScript.
			</p>
		)
	}
	return (
		<>
			<p className="text-lg">{lock.grant.sentence}</p>
			{lock.grant.reference === null ? null : (
				<p className="text-muted-foreground text-sm">
					Quote this to support:{' '}
					<code className="break-all font-mono text-foreground">{lock.grant.reference}</code>
				</p>
			)}
		</>
	)
}

function lockActions({
	course,
	lock,
	returnPath,
	bundleHref,
}: {
	course: Course
	lock: CourseLock
	returnPath: string
	bundleHref: string
}): ReactNode {
	if (lock.reason === 'grant') {
		// Someone whose course is on its way must not be sold it a second time; one that has ended may be bought.
		if (lock.grant.action !== null) {
			return <ButtonLink href={lock.grant.action.href}>{lock.grant.action.label}</ButtonLink>
		}
		return lock.grant.tone === 'ended' ? <BuyCourse course={course} /> : null
	}
	if (lock.reason === 'signed-out') {
		return <ButtonLink href={`/sign-in?callbackUrl=${encodeURIComponent(returnPath)}`}>Sign in</ButtonLink>
	}
	return (
		<>
			<BuyCourse course={course} />
			<ButtonLink href={bundleHref} look="secondary">
				See the bundle
			</ButtonLink>
		</>
	)
}

function BuyCourse({ course }: { course: Course }) {
	if (course.price === null) return null
	return (
		<BuyButton
			productId={course.productId}
			label={`Buy for ${formatMoney(course.price.amount, course.price.currency)}`}
		/>
	)
}
