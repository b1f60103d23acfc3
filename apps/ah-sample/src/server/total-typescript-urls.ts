import { env } from './env'

/** A page of Total TypeScript for the browser. */
export function totalTypeScriptUrl(path = '/'): string {
	return `${env.TT_URL}${path.startsWith('/') ? path : `/${path}`}`
}

/** Where the bundle is sold. */
export function totalTypeScriptBundleUrl(): string {
	return totalTypeScriptUrl('/products/typescript-plus-ai')
}

/** Where a Total TypeScript account is linked with the one here. */
export function totalTypeScriptAccountUrl(): string {
	return totalTypeScriptUrl('/account')
}
