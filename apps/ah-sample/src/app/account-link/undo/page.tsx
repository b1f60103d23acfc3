import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button'
import { MessagePage } from '@/components/message-page'
import { PostForm } from '@/components/post-form'

export const metadata: Metadata = { title: 'This wasn’t me' }

/** Asks before it undoes: mail programs open links by themselves to look at them. Which link is meant is in a cookie. */
export default function UndoLinkPage() {
	return (
		<MessagePage
			eyebrow="This wasn’t me"
			title="Undo the link between the accounts?"
			actions={
				<>
					<PostForm action="/account-link/not-me" workingLabel="Undoing…">
						Undo the link
					</PostForm>
					<ButtonLink href="/" look="secondary">
						Leave it as it is
					</ButtonLink>
				</>
			}
		>
			<p>
				Your AI Hero account and the Total TypeScript account are separated at once, and courses that this
				link opened here are closed again. They wait for whoever bought them.
			</p>
			<p className="text-base">
				What you bought here yourself stays. The two accounts are not linked by themselves again; only a
				person who confirms it can do that.
			</p>
		</MessagePage>
	)
}
