/** A way to sign in, and whether this account can be reached by it. */
export type ConnectedSignIn = {
	key: string
	name: string
	connected: boolean
	/** In words, when there is something to say. */
	note: string | null
}

/** The ways into this account. */
export function ConnectedSignIns({ signIns }: { signIns: ConnectedSignIn[] }) {
	return (
		<ul className="flex w-full max-w-xl flex-col divide-y divide-border rounded-lg border border-border bg-card">
			{signIns.map(({ key, name, connected, note }) => (
				<li
					key={key}
					data-sign-in={key}
					data-connected={connected}
					className="flex items-baseline justify-between gap-x-6 px-5 py-4"
				>
					<span className="flex min-w-0 flex-col">
						<span className="font-semibold">{name}</span>
						{note === null ? null : (
							<span className="wrap-anywhere text-muted-foreground text-sm">{note}</span>
						)}
					</span>
					<span
						className={`shrink-0 text-sm ${connected ? 'font-semibold text-success' : 'text-muted-foreground'}`}
					>
						{connected ? '✓ Connected' : 'Not connected'}
					</span>
				</li>
			))}
		</ul>
	)
}
