import Link from 'next/link'
import { BrandMark } from './brand-mark'
import { SubmitButton } from './submit-button'

/** Who is looking, as far as the header needs to know. */
export interface HeaderViewer {
	name: string | null
	email: string
	role: 'user' | 'admin'
}

const navigationLink =
	'inline-flex min-h-12 items-center rounded-sm px-2 font-semibold text-sm text-muted-foreground hover:text-foreground sm:px-3'

/** The top of every page: where you are, where you can go, and whether you are signed in. */
export function SiteHeader({
	viewer,
	signOut,
}: {
	viewer: HeaderViewer | null
	signOut: () => Promise<void>
}) {
	return (
		<header className="border-border border-b bg-background">
			<div className="page flex min-h-18 flex-wrap items-center justify-between gap-x-2">
				<Link
					href="/"
					className="inline-flex min-h-12 items-center gap-2.5 rounded-sm font-bold text-lg tracking-tight"
				>
					<BrandMark className="size-7" />
					<span className="whitespace-nowrap">
						AI Hero <span className="font-normal text-muted-foreground text-xs max-sm:sr-only">sample</span>
					</span>
				</Link>
				<nav aria-label="Main" className="-mr-2 flex items-center sm:-mr-3 sm:gap-1">
					<Link href="/#courses" className={`${navigationLink} max-sm:hidden`}>
						Courses
					</Link>
					{viewer === null ? (
						<Link href="/sign-in" className={`${navigationLink} text-primary-text`}>
							Sign in
						</Link>
					) : (
						<>
							{viewer.role === 'admin' ? (
								<Link href="/admin/grants" className={navigationLink}>
									Admin
								</Link>
							) : null}
							<Link href="/profile" className={navigationLink} title={`Signed in as ${viewer.email}`}>
								<span className="sm:hidden">My courses</span>
								<span className="max-w-48 truncate max-sm:hidden">{viewer.name ?? viewer.email}</span>
							</Link>
							<form action={signOut}>
								<SubmitButton look="quiet" workingLabel="Signing out…" className="px-2 sm:px-3">
									Sign out
								</SubmitButton>
							</form>
						</>
					)}
				</nav>
			</div>
		</header>
	)
}
