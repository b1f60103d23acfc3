'use server'

import { redirect } from 'next/navigation'
import { AuthError } from 'next-auth'
import { z } from 'zod'
import { safeReturnPath } from '@/components/safe-return-path'
import type { EmailSignInState } from '@/components/sign-in-form'
import { signIn, signOut } from '@/server/auth'

const emailAddress = z.email()

/** Starts a sign-in with GitHub and comes back to `returnPath`. */
export async function signInWithGithub(form: FormData): Promise<void> {
	await leadAwayOnRefusal(() => signIn('github', { redirectTo: safeReturnPath(form.get('returnPath')) }))
}

/** The same with Discord. */
export async function signInWithDiscord(form: FormData): Promise<void> {
	await leadAwayOnRefusal(() => signIn('discord', { redirectTo: safeReturnPath(form.get('returnPath')) }))
}

/**
 * Has a sign-in link sent, and leads on to "check your email". That page says the same for every address, so nobody
 * learns from it who has an account.
 *
 * @returns what is wrong with the address. Never the address: the development server logs what goes into an action.
 */
export async function signInWithEmail(_state: EmailSignInState, form: FormData): Promise<EmailSignInState> {
	const typed = form.get('email')
	const address = emailAddress.safeParse(typeof typed === 'string' ? typed.trim() : '')
	if (!address.success) return { error: 'This does not look like an email address. Please check it.' }
	await leadAwayOnRefusal(() =>
		signIn('email', {
			email: address.data,
			redirectTo: safeReturnPath(form.get('returnPath')),
			redirect: false,
		}),
	)
	redirect('/check-your-email')
}

/** Ends this session and goes home. */
export async function signOutHere(): Promise<void> {
	await signOut({ redirectTo: '/' })
}

/** A refused sign-in becomes a page that explains it. Redirects pass: Next carries them as throws. */
async function leadAwayOnRefusal(attempt: () => Promise<unknown>): Promise<void> {
	try {
		await attempt()
	} catch (error) {
		if (error instanceof AuthError) redirect(`/auth-error?error=${encodeURIComponent(error.type)}`)
		throw error
	}
}
