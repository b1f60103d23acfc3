import type { ComponentProps } from 'react'

/** A labelled choice; its id is its name. */
export function SelectField({
	id,
	label,
	options,
	...rest
}: Omit<ComponentProps<'select'>, 'id'> & {
	id: string
	label: string
	/** Value and words, in order. */
	options: readonly (readonly [string, string])[]
}) {
	return (
		<div className="flex min-w-0 flex-col gap-2">
			<label htmlFor={id} className="font-semibold text-sm">
				{label}
			</label>
			<select
				{...rest}
				id={id}
				name={id}
				className="min-h-12 w-full rounded-md border border-input bg-background px-3 text-foreground text-sm"
			>
				{options.map(([value, words]) => (
					<option key={value} value={value}>
						{words}
					</option>
				))}
			</select>
		</div>
	)
}
