'use client'

import { type ComponentProps, type ReactNode, useEffect, useState } from 'react'
import { Button } from './button'

/**
 * A button that posts to an address of this app and leads on from there. A plain form, so it works before any script
 * has loaded; with script it says that it is working and can't be pressed twice.
 *
 * @param fields hidden fields, by name
 * @param controls what there is to fill in, before the button
 * @param beside what stands next to the button
 * @param wide fills the width it is given
 */
export function PostForm({
	action,
	fields = {},
	workingLabel,
	controls,
	beside,
	wide = false,
	children,
	look,
}: Pick<ComponentProps<typeof Button>, 'look' | 'children'> & {
	action: string
	fields?: Record<string, string>
	workingLabel: string
	controls?: ReactNode
	beside?: ReactNode
	wide?: boolean
}) {
	const [leaving, setLeaving] = useState(false)

	useEffect(() => {
		// Back from where the form led, the browser may show this very page from its cache, button and all.
		const comeBack = () => setLeaving(false)
		window.addEventListener('pageshow', comeBack)
		return () => window.removeEventListener('pageshow', comeBack)
	}, [])

	return (
		<form method="post" action={action} onSubmit={() => setLeaving(true)} className={wide ? 'w-full' : ''}>
			{Object.entries(fields).map(([name, value]) => (
				<input key={name} type="hidden" name={name} value={value} />
			))}
			{controls === undefined ? null : <div className="mb-5">{controls}</div>}
			<div className="flex flex-wrap items-center gap-x-6 gap-y-2">
				<Button look={look} type="submit" disabled={leaving} className={wide ? 'w-full' : ''}>
					{leaving ? workingLabel : children}
				</Button>
				{beside}
			</div>
		</form>
	)
}
