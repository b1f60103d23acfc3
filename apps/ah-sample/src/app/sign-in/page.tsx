import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AttentionMap } from '@/components/attention-map'
import { describeSignInError } from '@/components/describe-sign-in-error'
import { describeSignInReason } from '@/components/describe-sign-in-reason'
import { Notice } from '@/components/notice'
import { safeReturnPath } from '@/components/safe-return-path'
import { EmailSignInForm, ProviderSignInForm } from '@/components/sign-in-form'
import { discordEnabled, getViewer } from '@/server/auth'
import { signInWithDiscord, signInWithEmail, signInWithGithub } from './actions'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({
	searchParams,
}: {
	searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>
}) {
	const { callbackUrl, error } = await searchParams
	const returnPath = safeReturnPath(callbackUrl)
	if ((await getViewer()) !== null) redirect(returnPath)
	const problem = typeof error === 'string' ? describeSignInError(error) : null
	return (
		<div className="page grid items-center gap-16 py-14 sm:py-20 lg:grid-cols-2">
			<div className="flex w-full max-w-md flex-col gap-8">
				<header className="flex flex-col gap-3">
					<h1 className="text-3xl">Sign in</h1>
					<p className="text-muted-foreground">{describeSignInReason(returnPath)}</p>
				</header>
				{problem === null ? null : (
					<Notice tone="problem">
						<p className="font-semibold">{problem.title}</p>
						<p>{problem.advice}</p>
					</Notice>
				)}
				<div className="flex flex-col gap-3">
					<ProviderSignInForm provider="github" action={signInWithGithub} returnPath={returnPath} />
					{discordEnabled() ? (
						<ProviderSignInForm
							provider="discord"
							action={signInWithDiscord}
							returnPath={returnPath}
							look="secondary"
						/>
					) : null}
				</div>
				<p className="flex items-center gap-4 text-muted-foreground text-xs before:h-px before:grow before:bg-border after:h-px after:grow after:bg-border">
					or by email
				</p>
				<EmailSignInForm action={signInWithEmail} returnPath={returnPath} />
			</div>
			<AttentionMap
				seed="sign-in"
				size={11}
				className="w-full max-w-md justify-self-end opacity-60 max-lg:hidden"
			/>
		</div>
	)
}
