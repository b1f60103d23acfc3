/** The sign of this app: three rows of an attention map. */
export function BrandMark({ className = '' }: { className?: string }) {
	return (
		<svg viewBox="0 0 30 30" aria-hidden="true" className={`text-primary ${className}`} fill="currentColor">
			<rect x="1" y="1" width="8" height="8" rx="2" />
			<rect x="1" y="11" width="8" height="8" rx="2" opacity="0.45" />
			<rect x="11" y="11" width="8" height="8" rx="2" />
			<rect x="1" y="21" width="8" height="8" rx="2" />
			<rect x="11" y="21" width="8" height="8" rx="2" opacity="0.3" />
			<rect x="21" y="21" width="8" height="8" rx="2" />
		</svg>
	)
}
