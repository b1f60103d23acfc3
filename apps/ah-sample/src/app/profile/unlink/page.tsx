import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'
import { PostForm } from '@/components/post-form'
import { readLinkedAccount } from '@/cross-app'
import { getViewer } from '@/server/auth'

export const metadata: Metadata = { title: 'Unlink', robots: { index: false, follow: false } }

/** Asks once more, and says what stays and what stops. */
export default async function UnlinkPage() {
	const viewer = await getViewer()
	if (viewer === null) redirect('/sign-in?callbackUrl=%2Fprofile%2Funlink')
	const account = await readLinkedAccount({ userId: viewer.id })
	if (!account.linked) redirect('/profile#linked-account')
	return (
		<MessagePage
			eyebrow="Linked account"
			title={`Unlink from ${account.appName}?`}
			actions={
				<>
					<PostForm action="/api/account/unlink" workingLabel="Unlinking…">
						Yes, unlink
					</PostForm>
					<ButtonLink href="/profile#linked-account" look="secondary">
						Keep it linked
					</ButtonLink>
				</>
			}
		>
			<p>
				<strong className="text-foreground">What stays:</strong> every course that is open here stays open,
				and both accounts stay as they are.
			</p>
			<p>
				<strong className="text-foreground">What stops:</strong> a bundle you buy on {account.appName} from
				now on no longer opens here by itself. The accounts are not linked again unless you confirm it.
			</p>
		</MessagePage>
	)
}
