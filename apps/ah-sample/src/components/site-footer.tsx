/** The foot of every page. */
export function SiteFooter() {
	return (
		<footer className="mt-auto border-border border-t">
			<div className="page flex flex-wrap justify-between gap-x-8 gap-y-1 py-8 text-muted-foreground text-xs">
				<p>AI Hero sample: the app that opens courses.</p>
				<p>A reference implementation. No real money, no real courses.</p>
			</div>
		</footer>
	)
}
