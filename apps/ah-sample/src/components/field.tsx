import type { ComponentProps } from 'react'

/** A labelled input with room for a hint and an error, both read out with the field. */
export function Field({
	label,
	hint,
	error,
	id,
	...rest
}: ComponentProps<'input'> & { id: string; label: string; hint?: string; error?: string | null }) {
	const hintId = hint === undefined ? undefined : `${id}-hint`
	const errorId = error ? `${id}-error` : undefined
	const describedBy = [errorId, hintId].filter((part) => part !== undefined).join(' ')
	return (
		<div className="flex flex-col gap-2">
			<label htmlFor={id} className="font-semibold text-sm">
				{label}
			</label>
			<input
				{...rest}
				id={id}
				aria-invalid={error ? true : undefined}
				aria-describedby={describedBy === '' ? undefined : describedBy}
				className="min-h-12 w-full rounded-md border border-input bg-background px-4 text-base text-foreground placeholder:text-muted-foreground aria-invalid:border-destructive"
			/>
			{error ? (
				<p id={errorId} role="alert" className="font-semibold text-destructive text-sm">
					{error}
				</p>
			) : null}
			{hint === undefined ? null : (
				<p id={hintId} className="text-muted-foreground text-xs">
					{hint}
				</p>
			)}
		</div>
	)
}
