import { APP_NAMES } from '@cross-app/shared'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'
import { PostForm } from '@/components/post-form'
import { getViewer } from '@/server/auth'

export const metadata: Metadata = { title: 'Delete account', robots: { index: false, follow: false } }

/** Asks once more, and says what goes and what stays. */
export default async function DeleteAccountPage() {
	const viewer = await getViewer()
	if (viewer === null) redirect('/sign-in?callbackUrl=%2Fprofile%2Fdelete')
	const seller = APP_NAMES['total-typescript']
	return (
		<MessagePage
			eyebrow="Delete account"
			title="Delete your account?"
			actions={
				<>
					<PostForm
						action="/api/account/delete"
						fields={{ confirm: 'delete' }}
						workingLabel="Deleting…"
						look="danger"
					>
						Yes, delete my account
					</PostForm>
					<ButtonLink href="/profile" look="secondary">
						Keep my account
					</ButtonLink>
				</>
			}
		>
			<p>
				This deletes the AI Hero account of{' '}
				<strong className="wrap-anywhere text-foreground">{viewer.email}</strong>. It can’t be undone.
			</p>
			<p>
				<strong className="text-foreground">What goes:</strong> your sign-ins, the link to {seller}, and your
				access to every course here. Courses you bought on AI Hero itself are lost; deleting is not a refund.
			</p>
			<p>
				<strong className="text-foreground">What stays:</strong> your {seller} account and what you bought
				there. A new AI Hero account that you link with it opens a bundle’s courses again.
			</p>
		</MessagePage>
	)
}
