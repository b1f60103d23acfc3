import {z} from 'zod'
import type {ContentPage} from '../generated/prisma/client'

/** A lesson as the content service keeps it. `body`: paragraphs, with blank lines between; code is fenced. */
export interface ContentLesson {
  slug: string
  title: string
  minutes: number
  body: string
}

const lessons = z.array(
  z.object({slug: z.string(), title: z.string(), minutes: z.number(), body: z.string()}),
)

/** @throws ZodError when the stored content has another form */
export function lessonsOf(page: ContentPage): ContentLesson[] {
  return lessons.parse(page.lessons)
}
