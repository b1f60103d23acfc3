/**
 * What the two local shops sell. Pure data without imports: both seeds, the tests and the demo read this file.
 * Amounts are integer US cents. Ids are stable, so a seed can run any number of times.
 */

export type AppName = 'total-typescript' | 'ai-hero'

export interface Lesson {
  /** Id of the content resource; an entitlement on AI Hero is opened per course and names its lessons. */
  id: string
  slug: string
  title: string
  minutes: number
  /** Paragraphs of plain text. A paragraph that begins with four spaces is code. */
  body: readonly string[]
}

export interface Course {
  app: AppName
  productId: string
  /** Id of the course as a content resource (AI Hero: `ContentResource`, type workshop). */
  resourceId: string
  slug: string
  name: string
  tagline: string
  description: string
  priceInCents: number
  /** Whether the app sells this course on its own. False: it is only to be had inside a bundle. */
  soldAlone: boolean
  lessons: readonly Lesson[]
}

export interface BundleItem {
  app: AppName
  productId: string
}

export interface Bundle {
  app: AppName
  productId: string
  slug: string
  name: string
  tagline: string
  description: string
  priceInCents: number
  items: readonly BundleItem[]
}

const proEssentials: Course = {
  app: 'total-typescript',
  productId: 'product-typescript-pro-essentials',
  resourceId: 'resource-typescript-pro-essentials',
  slug: 'typescript-pro-essentials',
  name: 'TypeScript Pro Essentials',
  tagline: 'From "it compiles" to types you trust.',
  description:
    'The everyday half of TypeScript: narrowing, unions, objects, classes and configuration, in the order you meet them at work.',
  priceInCents: 34_900,
  soldAlone: true,
  lessons: [
    {
      id: 'lesson-narrowing',
      slug: 'narrowing',
      title: 'Narrowing: let the compiler follow your checks',
      minutes: 9,
      body: [
        'A union says that a value is one of several things. Narrowing is how you find out which, and TypeScript follows along: after a check, the type inside the branch is smaller than the one outside.',
        "    function label(id: string | number) {\n      if (typeof id === 'number') return id.toFixed(0)\n      return id.trim()\n    }",
        'Prefer checks on the value itself to casts. A cast is a promise that you make; a check is a fact that the program finds out.',
      ],
    },
    {
      id: 'lesson-discriminated-unions',
      slug: 'discriminated-unions',
      title: 'Discriminated unions: impossible states, made impossible',
      minutes: 12,
      body: [
        'Give every member of a union one property with a literal type, and a switch on that property narrows all the others at once.',
        "    type Load = { kind: 'waiting' } | { kind: 'ready'; data: string } | { kind: 'failed'; why: Error }",
        'There is no value of this type with both data and an error, so nobody has to remember to check for one.',
      ],
    },
    {
      id: 'lesson-tsconfig',
      slug: 'tsconfig',
      title: 'A tsconfig you can defend',
      minutes: 7,
      body: [
        'Start from strict, add noUncheckedIndexedAccess, and write down why for each thing you switch off. The compiler is the one colleague who reads every line; tell it everything you know.',
      ],
    },
  ],
}

const workshops: Course = {
  app: 'total-typescript',
  productId: 'product-total-typescript-workshops',
  resourceId: 'resource-total-typescript-workshops',
  slug: 'total-typescript-workshops',
  name: 'Total TypeScript Workshops',
  tagline: 'Generics, transformations, and the patterns behind your favourite libraries.',
  description:
    'Five workshops for people who write the types that others use: generics, type transformations, patterns, React and beyond.',
  priceInCents: 69_900,
  soldAlone: true,
  lessons: [
    {
      id: 'lesson-generics',
      slug: 'generics',
      title: 'Generics: a function for types',
      minutes: 11,
      body: [
        'A type parameter is an argument that the caller usually does not have to write. It remembers what went in, so that the result can say something about it.',
        '    function first<Item>(items: readonly Item[]): Item | undefined {\n      return items[0]\n    }',
        'If a type parameter appears only once in a signature, it connects nothing and can go.',
      ],
    },
    {
      id: 'lesson-mapped-types',
      slug: 'mapped-types',
      title: 'Mapped types: one shape out of another',
      minutes: 13,
      body: [
        'A mapped type walks over keys and says what becomes of each one. With "as" you may rename a key, or drop it by naming it never.',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a lesson's code, shown as it is.
        '    type Getters<T> = { [K in keyof T & string as `get${Capitalize<K>}`]: () => T[K] }',
      ],
    },
    {
      id: 'lesson-branded-types',
      slug: 'branded-types',
      title: 'Branded types: a string that has been checked',
      minutes: 8,
      body: [
        'An email address and a password are both strings, and swapping them is a mistake that a plain string type will never point out. A brand costs nothing at run time and makes the one function that checks the value the only way to get one.',
      ],
    },
  ],
}

const aiSdkCrashCourse: Course = {
  app: 'ai-hero',
  productId: 'product-ai-sdk-crash-course',
  resourceId: 'resource-ai-sdk-crash-course',
  slug: 'ai-sdk-crash-course',
  name: 'AI SDK Crash Course',
  tagline: 'Your first useful agent, in an afternoon.',
  description:
    'Stream text, call tools, keep a conversation going, and put it all behind an interface that feels quick.',
  priceInCents: 19_900,
  soldAlone: true,
  lessons: [
    {
      id: 'lesson-streaming-text',
      slug: 'streaming-text',
      title: 'Streaming text to the page',
      minutes: 8,
      body: [
        'A model writes a word at a time. Waiting for the last one before showing the first makes a fast model feel slow, so send each piece on as it comes.',
        '    for await (const piece of result.textStream) {\n      response.write(piece)\n    }',
        'Decide early what happens when the reader leaves in the middle: pass the abort signal on, or you pay for words that nobody reads.',
      ],
    },
    {
      id: 'lesson-tool-calls',
      slug: 'tool-calls',
      title: 'Tool calls: let the model ask, and your code answer',
      minutes: 12,
      body: [
        'A tool is a name, a sentence about when to use it, and a schema for its arguments. The model proposes a call; your code checks it and decides. Treat the arguments as you would treat a form sent by a stranger.',
      ],
    },
    {
      id: 'lesson-conversation-state',
      slug: 'conversation-state',
      title: 'Keeping a conversation going',
      minutes: 10,
      body: [
        'A model remembers nothing between calls. What it "knows" of the conversation is the list of messages you send along, so storing, trimming and summing up that list is the real design work.',
      ],
    },
  ],
}

const evalsForTypescript: Course = {
  app: 'ai-hero',
  productId: 'product-evals-for-typescript',
  resourceId: 'resource-evals-for-typescript',
  slug: 'evals-for-typescript',
  name: 'Evals for TypeScript Developers',
  tagline: 'Know that it got better. Stop guessing.',
  description: 'Datasets, scorers and judges: how to test a program whose answers are never the same twice.',
  priceInCents: 24_900,
  soldAlone: true,
  lessons: [
    {
      id: 'lesson-first-eval',
      slug: 'first-eval',
      title: 'Your first eval is a spreadsheet',
      minutes: 9,
      body: [
        'Collect twenty real questions and write down, for each, what a good answer must contain. That list is worth more than any framework, and everything after it is automation.',
      ],
    },
    {
      id: 'lesson-scorers',
      slug: 'scorers',
      title: 'Scorers: from "looks fine" to a number',
      minutes: 11,
      body: [
        'Check with code whatever code can check: the JSON parses, the link resolves, the price is right. Leave to a judge only what is left over.',
        '    const mentionsRefund = (answer: string) => (/refund/i.test(answer) ? 1 : 0)',
      ],
    },
    {
      id: 'lesson-judges',
      slug: 'judges',
      title: 'Judging the judge',
      minutes: 14,
      body: [
        'A model that grades answers is itself a program that may be wrong. Grade a sample by hand, compare, and report how often the two of you agree before you trust its average.',
      ],
    },
  ],
}

const aiEngineerFoundations: Course = {
  app: 'ai-hero',
  productId: 'product-ai-engineer-foundations',
  resourceId: 'resource-ai-engineer-foundations',
  slug: 'ai-engineer-foundations',
  name: 'AI Engineer Foundations',
  tagline: 'The ideas under every tool of this year and the next.',
  description:
    'Tokens, context windows, embeddings and retrieval, explained with small programs that you can change.',
  priceInCents: 14_900,
  soldAlone: true,
  lessons: [
    {
      id: 'lesson-tokens',
      slug: 'tokens',
      title: 'Tokens: what you send and what you pay for',
      minutes: 7,
      body: [
        'A model reads neither letters nor words but tokens: common pieces of text with a number each. Length limits and prices are counted in them, so learn to estimate: four English characters make about one.',
      ],
    },
    {
      id: 'lesson-embeddings',
      slug: 'embeddings',
      title: 'Embeddings: distance as meaning',
      minutes: 10,
      body: [
        'An embedding turns a text into a point, and texts that mean alike lie near each other. Search by meaning is then a question of distance.',
      ],
    },
  ],
}

/** Total TypeScript's courses. */
export const ttCourses: readonly Course[] = [proEssentials, workshops]

/** AI Hero's courses; the first two are also part of the bundle. */
export const ahCourses: readonly Course[] = [aiSdkCrashCourse, evalsForTypescript, aiEngineerFoundations]

/** The bundle sold by Total TypeScript: one course of its own and two of AI Hero's. */
export const bundle: Bundle = {
  app: 'total-typescript',
  productId: 'product-typescript-plus-ai',
  slug: 'typescript-plus-ai',
  name: 'TypeScript + AI',
  tagline: 'One price, two places to learn.',
  description:
    'TypeScript Pro Essentials here, and two courses on AI Hero: the AI SDK Crash Course and Evals for TypeScript Developers.',
  priceInCents: 49_900,
  items: [
    { app: 'total-typescript', productId: proEssentials.productId },
    { app: 'ai-hero', productId: aiSdkCrashCourse.productId },
    { app: 'ai-hero', productId: evalsForTypescript.productId },
  ],
}

/** Everything Total TypeScript sells. */
export const ttProducts: readonly (Course | Bundle)[] = [...ttCourses, bundle]

/** A discount code of Total TypeScript. `percentOff` is 1–100. */
export interface DiscountCode {
  couponId: string
  code: string
  percentOff: number
}

/** Codes that the checkout page accepts; the 100 % one makes a purchase of amount 0, which must still open the courses. */
export const discountCodes: readonly DiscountCode[] = [
  { couponId: 'coupon-friends-and-family', code: 'FRIENDS100', percentOff: 100 },
  { couponId: 'coupon-launch', code: 'LAUNCH25', percentOff: 25 },
]

/** A course of either app by its product id. @throws RangeError when no such course exists. */
export function courseByProductId(productId: string): Course {
  const course = [...ttCourses, ...ahCourses].find((candidate) => candidate.productId === productId)
  if (!course) throw new RangeError(`The catalogue has no course with the product id ${productId}.`)
  return course
}

/**
 * Stripe ids derived from the product, the same on every machine: a product id may be chosen in Stripe's API, a price
 * is found again by its lookup key.
 */
export function stripeIds(productId: string): { productId: string; priceLookupKey: string } {
  return { productId: `prod_${productId.replaceAll('-', '_')}`, priceLookupKey: `${productId}-usd` }
}
