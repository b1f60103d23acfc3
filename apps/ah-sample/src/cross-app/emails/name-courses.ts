import { joinTitles } from '../ui/join-titles'

/** The courses of a mail as the start of a sentence, with its verb: "A is", "A and B are". */
export function nameCourses(courseTitles: string[]): { titles: string; are: 'is' | 'are'; one: boolean } {
	// A product that has left the catalogue since has no name here any more; the mail is due all the same.
	const titles = courseTitles.length === 0 ? 'Your courses' : joinTitles(courseTitles)
	const one = courseTitles.length === 1
	return { titles, are: one ? 'is' : 'are', one }
}
