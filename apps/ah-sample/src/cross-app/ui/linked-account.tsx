import { formatDay } from './format-day'

/** Whether this account is linked to the other app's: to whom, by what, and since when. */
export type LinkedAccountView =
	| {
			linked: true
			appName: string
			/** The other account's address; null when no person confirmed the link. */
			as: string | null
			since: string
			method: string
	  }
	| { linked: false; appName: string; linkHref: string }

/**
 * The linked account, with the way to end the link, or the way to make one. The button leads to a page that asks again;
 * it is a plain form, so it works before any script has loaded.
 *
 * @param unlinkPath the page that asks
 */
export function LinkedAccount({ account, unlinkPath }: { account: LinkedAccountView; unlinkPath: string }) {
	if (!account.linked) {
		return (
			<div data-linked="false" className="flex flex-col items-start gap-3">
				<p className="max-w-prose">
					Not linked to {account.appName}.{' '}
					<span className="text-muted-foreground">
						When it is, a bundle you bought there opens its courses here.
					</span>
				</p>
				<a
					href={account.linkHref}
					className="inline-flex min-h-12 items-center rounded-md border border-input px-5 py-2.5 font-semibold text-foreground text-sm hover:bg-secondary"
				>
					Link your {account.appName} account
				</a>
			</div>
		)
	}
	return (
		<div data-linked="true" className="flex flex-col items-start gap-4">
			<dl className="grid gap-x-8 sm:grid-cols-[auto_1fr] sm:gap-y-2">
				<dt className="text-muted-foreground">Linked to</dt>
				<dd className="min-w-0 break-words font-semibold max-sm:mb-3">
					{account.appName}
					{account.as === null ? null : (
						<>
							{' as '}
							<span className="wrap-anywhere">{account.as}</span>
						</>
					)}
				</dd>
				<dt className="text-muted-foreground">How</dt>
				<dd className="max-sm:mb-3">{account.method}</dd>
				<dt className="text-muted-foreground">Since</dt>
				<dd>
					<time dateTime={account.since}>{formatDay(account.since)}</time>
				</dd>
			</dl>
			<p className="max-w-prose text-muted-foreground text-sm">
				If you unlink, what is open here stays open. What you buy on {account.appName} afterwards no longer
				opens here by itself.
			</p>
			<form action={unlinkPath}>
				<button
					type="submit"
					className="inline-flex min-h-12 cursor-pointer items-center rounded-md border border-input px-5 py-2.5 font-semibold text-sm hover:bg-secondary"
				>
					Unlink
				</button>
			</form>
		</div>
	)
}
