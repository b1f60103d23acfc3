'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from './button'

/** A form's button that says it is working, and can't be pressed twice meanwhile. */
export function SubmitButton({
	children,
	workingLabel,
	...rest
}: ComponentProps<typeof Button> & { workingLabel: string }) {
	const { pending } = useFormStatus()
	return (
		<Button type="submit" {...rest} disabled={pending}>
			{pending ? workingLabel : children}
		</Button>
	)
}
