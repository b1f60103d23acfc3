import { formatDay } from './format-day'

/** Whether this account is linked to the other app's, by what, and since when. */
export type LinkedAccountView =
	| { linked: true; appName: string; since: string; method: string }
	| { linked: false; appName: string; linkHref: string }

/** One line on the linked account, or the way to link one. */
export function LinkedAccount(account: LinkedAccountView) {
	if (account.linked) {
		return (
			<p data-linked="true">
				Linked to your <strong>{account.appName}</strong> account
				<span className="text-muted-foreground">
					{' · '}
					{account.method}
					{', since '}
					<time dateTime={account.since} className="whitespace-nowrap">
						{formatDay(account.since)}
					</time>
				</span>
			</p>
		)
	}
	return (
		<p data-linked="false">
			Not linked to {account.appName}.{' '}
			<a href={account.linkHref} className="text-link font-semibold">
				Link your {account.appName} account
			</a>{' '}
			<span className="text-muted-foreground">so that a bundle you bought there opens here.</span>
		</p>
	)
}
