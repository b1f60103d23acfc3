import { attentionWeights } from './attention-weights'

const cell = 10
const gap = 2

/** The picture of a course. Decoration: it says nothing that the text beside it doesn't. */
export function AttentionMap({
	seed,
	size,
	className = '',
}: {
	seed: string
	size: number
	className?: string
}) {
	const edge = size * cell - gap
	return (
		<svg viewBox={`0 0 ${edge} ${edge}`} aria-hidden="true" className={`text-primary ${className}`}>
			{attentionWeights(seed, size).map((weights, row) =>
				weights.map((weight, column) => (
					<rect
						key={`${row}-${column}`}
						x={column * cell}
						y={row * cell}
						width={cell - gap}
						height={cell - gap}
						rx={1.5}
						fill="currentColor"
						opacity={0.08 + 0.92 * weight}
					/>
				)),
			)}
		</svg>
	)
}
