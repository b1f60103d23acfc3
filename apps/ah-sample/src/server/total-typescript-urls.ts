import { env } from './env'

/** A page of Total TypeScript for the browser. */
export function totalTypeScriptUrl(path = '/'): string {
	return `${env.TT_URL}${path.startsWith('/') ? path : `/${path}`}`
}

/** Where the bundle is sold. */
export function totalTypeScriptBundleUrl(): string {
	return totalTypeScriptUrl('/products/typescript-plus-ai')
}

/** Where linking a Total TypeScript account with the one here begins. */
export function totalTypeScriptLinkUrl(): string {
	return totalTypeScriptUrl('/account?link=ai-hero#ai-hero')
}
