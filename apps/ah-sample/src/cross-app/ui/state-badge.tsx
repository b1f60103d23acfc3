'use client'

import { useEffect, useRef, useState } from 'react'
import type { GrantDescription } from '../grants/describe-grant'

type GrantTone = GrantDescription['tone']

const toneClasses: Record<GrantTone, string> = {
	ready: 'border-success/50 bg-success-soft text-success',
	pending: 'border-warning/50 bg-warning-soft text-warning',
	attention: 'border-destructive/50 bg-destructive-soft text-destructive',
	ended: 'border-border bg-secondary text-muted-foreground',
}

/** The sign beside the words, so that the state does not hang on colour alone. */
const toneSigns: Record<GrantTone, string> = { ready: '✓', pending: '◔', attention: '!', ended: '–' }

/**
 * A state in one to three words. When it turns from pending to ready in front of the reader, it glows once;
 * that is the only motion in the app, and who asked for less motion does not get it.
 */
export function StateBadge({ tone, label }: { tone: GrantTone; label: string }) {
	const previousTone = useRef(tone)
	const [justSettled, setJustSettled] = useState(false)

	useEffect(() => {
		setJustSettled(previousTone.current === 'pending' && tone === 'ready')
		previousTone.current = tone
	}, [tone])

	return (
		<span
			data-tone={tone}
			className={`inline-flex items-center gap-2 whitespace-nowrap rounded-full border px-3 py-0.5 font-semibold text-xs ${toneClasses[tone]} ${justSettled ? 'motion-safe:animate-settle' : ''}`}
		>
			<span aria-hidden="true">{toneSigns[tone]}</span>
			{label}
		</span>
	)
}
