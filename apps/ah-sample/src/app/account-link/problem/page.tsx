import type { Metadata } from 'next'
import { describeLinkProblem, describeUndoProblem } from '@/components/describe-link-problem'
import { LinkProblemPage } from '@/components/link-problem-page'
import { onlyValue } from '@/components/only-value'
import { totalTypeScriptLinkUrl } from '@/server/total-typescript-urls'

export const metadata: Metadata = { title: 'Not linked' }

export default async function LinkProblemRoute({
	searchParams,
}: {
	searchParams: Promise<{ reason?: string | string[]; of?: string | string[] }>
}) {
	const { reason, of } = await searchParams
	const given = onlyValue(reason)
	return (
		<LinkProblemPage
			problem={onlyValue(of) === 'undo' ? describeUndoProblem(given) : describeLinkProblem(given)}
			code={given !== null && /^[a-z-]{1,40}$/.test(given) ? given : 'unknown'}
			sellerLinkHref={totalTypeScriptLinkUrl()}
		/>
	)
}
