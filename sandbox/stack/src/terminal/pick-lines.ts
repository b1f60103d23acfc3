import type { Pick, Picks } from '../picking/pick.ts'

const PARTS: readonly (readonly [title: string, tt: keyof Picks, ah: keyof Picks])[] = [
  ['databases', 'mysqlTt', 'mysqlAh'],
  ['inngest', 'inngestTt', 'inngestAh'],
  ['stripe', 'stripeTt', 'stripeAh'],
  ['github', 'githubTt', 'githubAh'],
  ['discord', 'discordTt', 'discordAh'],
  ['mail', 'mailTt', 'mailAh'],
]

/** The reasons against the earlier choices; one that stands for several is said once. */
function reasons({ passedOver }: Pick): string {
  return [...new Set(passedOver.map(({ reason }) => reason))].join('; ')
}

/** The same sentence about either app's variable. */
function aboutBoth(text: string): string {
  return text.replaceAll(/\b(TT|AH)_/g, 'TT_/AH_')
}

/**
 * One line for each part whose pick is not the first choice: what it is instead, and why not what comes before. Both
 * apps share a line where nothing but the names of the variables differs.
 */
export function pickLines(picks: Partial<Picks>): string[] {
  const rows = PARTS.flatMap(([title, ttName, ahName]) => {
    const [tt, ah] = [picks[ttName], picks[ahName]].map((pick) =>
      pick === undefined || pick.passedOver.length === 0
        ? undefined
        : { choice: pick.choice, why: reasons(pick) },
    )
    if (tt && ah && tt.choice === ah.choice && aboutBoth(tt.why) === aboutBoth(ah.why)) {
      return [{ title, choice: tt.choice, why: tt.why === ah.why ? tt.why : aboutBoth(tt.why) }]
    }
    return [
      ...(tt ? [{ title: `${title} tt`, ...tt }] : []),
      ...(ah ? [{ title: `${title} ah`, ...ah }] : []),
    ]
  })
  const width = (cells: string[]) => Math.max(0, ...cells.map((cell) => cell.length))
  const titleWidth = width(rows.map(({ title }) => title))
  const choiceWidth = width(rows.map(({ choice }) => choice))
  return rows.map(
    ({ title, choice, why }) => `${title.padEnd(titleWidth)}  ${choice.padEnd(choiceWidth)}  ${why}`,
  )
}
