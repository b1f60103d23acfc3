import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { describeLinkProblem } from './describe-link-problem'
import { LinkProblemPage } from './link-problem-page'

describe('LinkProblemPage', () => {
	const html = renderToStaticMarkup(
		<LinkProblemPage
			problem={describeLinkProblem('granter-linked-elsewhere')}
			code="granter-linked-elsewhere"
			sellerLinkHref="http://tt.test/account?link=ai-hero#ai-hero"
		/>,
	)

	it('offers every next step as a link', () => {
		expect(html).toContain('href="/profile#linked-account"')
		expect(html).toContain('href="http://tt.test/account?link=ai-hero#ai-hero"')
	})

	it('offers another account only while the request is still good', () => {
		const problem = describeLinkProblem('granter-linked-elsewhere')
		const draw = (maySwitch: boolean) =>
			renderToStaticMarkup(
				<LinkProblemPage problem={problem} code="c" sellerLinkHref="http://tt.test" maySwitch={maySwitch} />,
			)
		expect(draw(true)).toContain('action="/account-link/switch"')
		expect(draw(false)).not.toContain('<form')
	})

	it('carries the reason for support and tests', () => {
		expect(html).toContain('data-refusal="granter-linked-elsewhere"')
	})
})
