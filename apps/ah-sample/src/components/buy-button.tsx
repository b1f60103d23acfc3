import { PostForm } from './post-form'

/** Starts a checkout. */
export function BuyButton({ productId, label }: { productId: string; label: string }) {
	return (
		<PostForm action="/api/checkout" fields={{ productId }} workingLabel="Opening checkout…" wide>
			{label}
		</PostForm>
	)
}
