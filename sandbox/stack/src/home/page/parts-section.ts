import type { PartHealth } from '../health/watch-health.ts'
import type { HomePart } from '../home-stack.ts'
import { PART_WORDS } from '../part-words.ts'
import { span } from '../span.ts'
import { html, type Markup } from './html.ts'
import type { PageView } from './view.ts'

const LIGHT_WORDS: Record<PartHealth['light'], string> = {
  up: 'up',
  behind: 'behind',
  down: 'down',
  paused: 'paused',
  starting: 'starting',
}

/** Every part with its light, what it is and why, and what can be done to it. */
export function partsSection({ parts, now }: Pick<PageView, 'parts' | 'now'>): Markup {
  return html`<ul class="parts">${parts.map((each) => partItem(each, now))}</ul>`
}

/** How many parts answer, in one line. */
export function partsSummary({ parts }: Pick<PageView, 'parts'>): Markup {
  const count = (light: PartHealth['light']) => parts.filter(({ health }) => health.light === light).length
  const behind = count('behind')
  const answering = count('up') + behind
  const tone = count('up') === parts.length ? 'up' : count('down') > 0 ? 'down' : 'behind'
  const all = answering === parts.length ? `All ${parts.length}` : `${answering} of ${parts.length}`
  const words = `${all} parts answer${behind === 0 ? '' : `, ${behind} ${behind === 1 ? 'is' : 'are'} behind`}`
  return html`<a class="summary" href="#parts"><span class="light ${tone}" aria-hidden="true"></span>${words}</a>`
}

function partItem({ part, health, log }: PageView['parts'][number], now: number): Markup {
  const { name, about } = PART_WORDS[part.name]
  return html`<li class="part" id="part-${part.name}" data-light="${health.light}">
<div class="part-head"><span class="light ${health.light}" aria-hidden="true"></span>
<h3>${name} <span class="state ${health.light}">${LIGHT_WORDS[health.light]}</span></h3>
<p class="soft">${about}. ${what(part)}</p></div>
<p class="part-facts">${address(part)}<br><span class="soft">${facts(part, health, now)}</span></p>
${part.controllable ? buttons(part) : html`<p class="soft">Run by somebody else: can’t be stopped from here.</p>`}
<details id="why-${part.name}"><summary>Why this one, and its log</summary>${why(part)}
${logLines(part, log)}</details></li>`
}

function what({ kind, version, pick }: HomePart): string {
  const words = pick?.what ?? kind
  return version === '' || words.includes(version) ? `${words}.` : `${words} ${version}.`
}

function address({ url, name }: HomePart): Markup {
  if (url === '') return html``
  if (!url.startsWith('http')) return html`<code>${url}</code>`
  return html`<a href="${url}" aria-label="Open ${PART_WORDS[name].name}, ${url}">${url.replace('http://', '')}</a>`
}

function facts({ startedAt, startedInMs, state }: HomePart, health: PartHealth, now: number): string {
  const words = health.light === 'up' ? '' : health.says
  if (startedAt === undefined || state !== 'running') return words
  const since = now - startedAt
  const up = since < 60_000 ? 'up for less than a minute' : `up for ${span(since)}`
  const took = startedInMs === undefined ? '' : `, started in ${span(startedInMs)}`
  return `${words} ${up[0]?.toUpperCase()}${up.slice(1)}${took}.`.trim()
}

const VERBS = {
  start: 'Start',
  stop: 'Stop',
  kill: 'Kill',
  pause: 'Pause',
  resume: 'Go on',
} as const

/** What can be asked of a part, by how it stands. */
export function verbsFor(state: HomePart['state']): (keyof typeof VERBS)[] {
  switch (state) {
    case 'running':
      return ['pause', 'stop', 'kill']
    case 'paused':
      return ['resume', 'kill']
    case 'stopped':
    case 'ended':
      return ['start']
    case 'starting':
      return []
  }
}

function buttons({ name, state }: HomePart): Markup {
  const part = PART_WORDS[name].name
  return html`<form method="post" class="buttons" action="/parts/${name}">${verbsFor(state).map(
    (verb) =>
      html`<button name="verb" value="${verb}" aria-label="${VERBS[verb]} ${part}" class="${verb}">${VERBS[verb]}</button>`,
  )}</form>`
}

function why({ pick }: HomePart): Markup {
  if (pick === undefined) return html`<p>This repository’s own app: there is nothing to choose.</p>`
  const taken = html`<li><strong>${pick.choice}</strong>: taken${pick.forced ? ', because it was asked for' : ''}.</li>`
  return html`<ol class="choices">${pick.passedOver.map(
    ({ choice, reason }) => html`<li>${choice}: ${reason}</li>`,
  )}${taken}</ol>`
}

function logLines({ name, logFile }: HomePart, log: readonly string[]): Markup {
  if (logFile === undefined) return html`<p class="soft">It keeps no log here.</p>`
  const label = `Last lines of the log of ${PART_WORDS[name].name}`
  return html`<pre class="log" tabindex="0" role="region" aria-label="${label}">${
    log.length === 0 ? 'Nothing in its log yet.' : log.join('\n')
  }</pre>`
}
