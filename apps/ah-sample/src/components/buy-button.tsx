'use client'

import { useEffect, useState } from 'react'
import { Button } from './button'

/**
 * Starts a checkout. A plain form, so it works before any script has loaded; with script it can't be pressed twice.
 */
export function BuyButton({ productId, label }: { productId: string; label: string }) {
	const [leaving, setLeaving] = useState(false)

	useEffect(() => {
		// Back from the checkout, the browser may show this very page from its cache, button and all.
		const comeBack = () => setLeaving(false)
		window.addEventListener('pageshow', comeBack)
		return () => window.removeEventListener('pageshow', comeBack)
	}, [])

	return (
		<form method="post" action="/api/checkout" onSubmit={() => setLeaving(true)}>
			<input type="hidden" name="productId" value={productId} />
			<Button type="submit" disabled={leaving} className="w-full">
				{leaving ? 'Opening checkout…' : label}
			</Button>
		</form>
	)
}
