import { formatMinutes } from './format-minutes'

/** "1 lesson", "3 lessons", and with a length "3 lessons · 45 min". */
export function describeLessons(lessonCount: number, minutes = 0): string {
	const lessons = lessonCount === 1 ? '1 lesson' : `${lessonCount} lessons`
	return minutes === 0 ? lessons : `${lessons} · ${formatMinutes(minutes)}`
}
