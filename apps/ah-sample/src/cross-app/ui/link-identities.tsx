/** One of the two accounts that are to be linked. */
export type Identity = { appName: string; name: string | null; email: string }

/**
 * Two accounts side by side, so that a person sees whom they are about to join before they say yes. The address is
 * always shown in full: a name is free text, and anyone may carry anyone's.
 */
export function LinkIdentities({ identities }: { identities: [Identity, Identity] }) {
	const [first, second] = identities
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls; this only says that the two belong together
		<div
			role="group"
			aria-label="The two accounts"
			className="grid max-w-4xl items-stretch gap-4 sm:grid-cols-[1fr_auto_1fr]"
		>
			<IdentityCard {...first} />
			<span
				aria-hidden="true"
				className="grid place-items-center font-semibold text-2xl text-primary-text leading-none"
			>
				+
			</span>
			<IdentityCard {...second} />
		</div>
	)
}

function IdentityCard({ appName, name, email }: Identity) {
	return (
		<p className="flex min-w-0 flex-col gap-1 rounded-lg border border-border bg-card p-5 text-card-foreground sm:p-6">
			<span className="text-muted-foreground text-sm">{appName}</span>
			{name === null ? null : <span className="break-words font-semibold text-lg">{name}</span>}
			<span className={`wrap-anywhere ${name === null ? 'font-semibold text-lg' : ''}`}>{email}</span>
		</p>
	)
}
