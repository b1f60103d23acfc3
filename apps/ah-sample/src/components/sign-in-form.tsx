'use client'

import { type ReactNode, useActionState, useState } from 'react'
import { Field } from './field'
import { SubmitButton } from './submit-button'

/** What came of asking for an email link, when it did not lead away from the page. */
export interface EmailSignInState {
	error: string | null
}

/** Asks for an address and has a sign-in link sent to it. Works without script too. */
export function EmailSignInForm({
	action,
	returnPath,
}: {
	action: (state: EmailSignInState, form: FormData) => Promise<EmailSignInState>
	returnPath: string
}) {
	const [state, submit] = useActionState(action, { error: null })
	// React empties a form when its action is done; someone who mistyped wants to correct, not to start again.
	const [email, setEmail] = useState('')
	return (
		<form action={submit} className="flex flex-col gap-5" noValidate>
			<input type="hidden" name="returnPath" value={returnPath} />
			<Field
				id="email"
				name="email"
				type="email"
				autoComplete="email"
				inputMode="email"
				required
				label="Email"
				value={email}
				onChange={(event) => setEmail(event.target.value)}
				error={state.error}
				hint="We send you a link that signs you in. No password."
			/>
			<SubmitButton look="secondary" workingLabel="Sending…">
				Email me a link
			</SubmitButton>
		</form>
	)
}

/** The providers a person can sign in with here, besides an email link. */
export type SignInProvider = 'github' | 'discord'

const PROVIDERS: Record<SignInProvider, { name: string; Sign: () => ReactNode }> = {
	github: { name: 'GitHub', Sign: GithubSign },
	discord: { name: 'Discord', Sign: DiscordSign },
}

/** One press to the provider and back. */
export function ProviderSignInForm({
	provider,
	action,
	returnPath,
	look = 'primary',
}: {
	provider: SignInProvider
	action: (form: FormData) => Promise<void>
	returnPath: string
	look?: 'primary' | 'secondary'
}) {
	const { name, Sign } = PROVIDERS[provider]
	return (
		<form action={action}>
			<input type="hidden" name="returnPath" value={returnPath} />
			<SubmitButton workingLabel={`Opening ${name}…`} look={look} className="w-full">
				<Sign />
				Continue with {name}
			</SubmitButton>
		</form>
	)
}

function GithubSign() {
	return (
		<svg viewBox="0 0 16 16" aria-hidden="true" className="size-5" fill="currentColor">
			<path d="M8 0a8 8 0 0 0-2.53 15.59c.4.07.55-.17.55-.38v-1.34c-2.23.48-2.7-1.07-2.7-1.07-.36-.93-.89-1.17-.89-1.17-.73-.5.05-.49.05-.49.81.06 1.23.83 1.23.83.72 1.23 1.88.87 2.34.67.07-.52.28-.87.5-1.07-1.77-.2-3.64-.89-3.64-3.95 0-.88.31-1.59.82-2.15-.08-.2-.36-1.02.08-2.12 0 0 .67-.21 2.2.82a7.6 7.6 0 0 1 4 0c1.53-1.03 2.2-.82 2.2-.82.44 1.1.16 1.92.08 2.12.51.56.82 1.27.82 2.15 0 3.07-1.87 3.75-3.65 3.95.29.25.54.73.54 1.48v2.2c0 .21.15.46.55.38A8 8 0 0 0 8 0Z" />
		</svg>
	)
}

function DiscordSign() {
	return (
		<svg viewBox="0 0 24 24" aria-hidden="true" className="size-5" fill="currentColor" fillRule="evenodd">
			<path d="M8.6 4.5C6.9 4.8 5.4 5.4 4.1 6.2 1.9 9.6 1.1 13 1.4 16.4c1.6 1.3 3.3 2.2 5.2 2.8l1.2-1.9c-.7-.2-1.3-.5-1.9-.9l.5-.4c3.6 1.7 7.6 1.7 11.2 0l.5.4c-.6.4-1.2.7-1.9.9l1.2 1.9c1.9-.6 3.6-1.5 5.2-2.8.4-3.9-.6-7.3-2.7-10.2-1.3-.8-2.8-1.4-4.5-1.7l-.6 1.2c-1.9-.3-3.7-.3-5.6 0l-.6-1.2ZM8.4 10c1 0 1.9 1 1.9 2.2s-.9 2.2-1.9 2.2-1.9-1-1.9-2.2S7.4 10 8.4 10Zm7.2 0c1 0 1.9 1 1.9 2.2s-.9 2.2-1.9 2.2-1.9-1-1.9-2.2.9-2.2 1.9-2.2Z" />
		</svg>
	)
}
