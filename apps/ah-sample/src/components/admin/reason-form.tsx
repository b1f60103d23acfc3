import type { ReactNode } from 'react'
import { LONGEST_REASON, SHORTEST_REASON } from '@/admin/read-reason'
import { Field } from '../field'
import { PostForm } from '../post-form'

/** Something support does, which needs a reason: it stays folded until it is wanted. */
export function ReasonForm({
	id,
	title,
	explanation,
	action,
	fields,
	button,
	workingLabel,
	look = 'primary',
	choices,
}: {
	id: string
	title: string
	explanation: ReactNode
	action: string
	fields: Record<string, string>
	button: string
	workingLabel: string
	look?: 'primary' | 'danger'
	choices?: ReactNode
}) {
	return (
		<details data-action={id} className="rounded-lg border border-border bg-card px-5">
			<summary className="flex min-h-14 cursor-pointer items-center gap-3 font-semibold">{title}</summary>
			<div className="flex flex-col gap-5 pb-6">
				<div className="flex max-w-prose flex-col gap-2 text-muted-foreground text-sm">{explanation}</div>
				<PostForm
					action={action}
					fields={fields}
					look={look}
					workingLabel={workingLabel}
					controls={
						<div className="flex max-w-2xl flex-col gap-5">
							{choices}
							<Field
								id={`${id}-reason`}
								name="reason"
								label="Reason"
								hint="Kept in the audit with your name. Addresses are left out."
								required
								minLength={SHORTEST_REASON}
								maxLength={LONGEST_REASON}
								autoComplete="off"
							/>
						</div>
					}
				>
					{button}
				</PostForm>
			</div>
		</details>
	)
}
