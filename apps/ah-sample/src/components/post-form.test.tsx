import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { PostForm } from './post-form'

describe('PostForm', () => {
	const html = renderToStaticMarkup(
		<PostForm action="/account-link/accept" fields={{ formToken: 'secret"value' }} workingLabel="Linking…">
			Link accounts
		</PostForm>,
	)

	it('posts its fields as a plain form, so it works without script', () => {
		expect(html).toContain('method="post"')
		expect(html).toContain('action="/account-link/accept"')
		expect(html).toContain('type="hidden" name="formToken" value="secret&quot;value"')
	})

	it('puts nothing of its fields into the address', () => {
		expect(html.match(/action="([^"]*)"/)?.[1]).not.toContain('secret')
	})

	it('can be pressed', () => {
		expect(html).toContain('type="submit"')
		expect(html).not.toContain('disabled=""')
	})
})
