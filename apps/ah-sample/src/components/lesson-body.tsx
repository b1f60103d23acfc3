import { lessonBlocks } from './lesson-blocks'

/** A lesson's text, set for reading. */
export function LessonBody({ paragraphs }: { paragraphs: readonly string[] }) {
	return (
		<div className="flex max-w-reading flex-col gap-7">
			{lessonBlocks(paragraphs).map((block, index) =>
				block.kind === 'code' ? (
					<pre
						key={index}
						// biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls sideways must be reachable by keyboard
						tabIndex={0}
						className="overflow-x-auto rounded-lg border border-border border-l-4 border-l-primary bg-card p-5 font-mono text-xs sm:p-6"
					>
						<code>{block.text}</code>
					</pre>
				) : (
					<p key={index} className="first:text-lg">
						{block.text}
					</p>
				),
			)}
		</div>
	)
}
