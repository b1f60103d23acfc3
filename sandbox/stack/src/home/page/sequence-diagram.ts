import { LANE_NAMES, LANES, type Lane, type Sequence, type SequenceStep } from '../sequence/sequence.ts'
import { moment, span } from '../span.ts'
import { html, type Markup } from './html.ts'

/** How wide a diagram is, and where everything stands in it; in its own units, which are CSS pixels at full size. */
interface Layout {
  name: 'wide' | 'narrow'
  width: number
  laneX: Record<Lane, number>
  headWidth: number
  rowHeight: number
  noteWidth: number
  /** The most characters of a title and of a detail, beside an arrow and in a note. */
  room: { arrow: number; note: number }
}

const WIDE: Layout = {
  name: 'wide',
  width: 860,
  laneX: { stripe: 132, tt: 430, ah: 728 },
  headWidth: 190,
  rowHeight: 40,
  noteWidth: 250,
  room: { arrow: 55, note: 45 },
}

const NARROW: Layout = {
  name: 'narrow',
  width: 342,
  laneX: { stripe: 36, tt: 170, ah: 304 },
  headWidth: 116,
  rowHeight: 50,
  noteWidth: 206,
  room: { arrow: 34, note: 36 },
}

const HEAD_HEIGHT = 44

/** The same sequence twice, for wide and for narrow windows; the page's style shows one of them. */
export function sequenceDiagram(sequence: Sequence, silence: Record<'tt' | 'ah', string>): Markup {
  return html`${drawn(sequence, silence, WIDE)}${drawn(sequence, silence, NARROW)}`
}

function drawn(sequence: Sequence, silence: Record<'tt' | 'ah', string>, layout: Layout): Markup {
  const { name, width, rowHeight } = layout
  const height = HEAD_HEIGHT + sequence.steps.length * rowHeight + 14
  const label = `Sequence of ${sequence.steps.length} steps between Stripe, Total TypeScript and AI Hero; the same as a list below.`
  return html`<svg class="sequence ${name}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<defs><marker id="head-${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs>
${LANES.map((lane) => laneMarkup(lane, lane === 'stripe' ? '' : silence[lane], height, layout))}
${sequence.steps.map((step, index) => stepMarkup(step, HEAD_HEIGHT + index * rowHeight, layout))}</svg>`
}

function laneMarkup(lane: Lane, silence: string, height: number, { laneX, headWidth, name }: Layout): Markup {
  const x = laneX[lane]
  const left = Math.max(0, x - headWidth / 2)
  const center = name === 'narrow' && lane === 'stripe' ? 36 : x
  const boxWidth =
    name === 'narrow' && lane === 'stripe' ? 72 : name === 'narrow' && lane === 'ah' ? 72 : headWidth
  const boxLeft = boxWidth === 72 ? center - 36 : left
  return html`<g class="lane ${lane}${silence === '' ? '' : ' silent'}">
<line x1="${x}" x2="${x}" y1="34" y2="${height - 4}" class="lifeline"/>
<rect x="${boxLeft}" y="2" width="${boxWidth}" height="32" rx="3"/>
<text x="${center}" y="${silence === '' ? 22 : 16}" text-anchor="middle" class="lane-name">${
    name === 'narrow' && lane === 'tt' ? 'Total TypeScript' : LANE_NAMES[lane]
  }</text>${silence === '' ? '' : html`<text x="${center}" y="29" text-anchor="middle" class="lane-silence">${cut(silence, name === 'narrow' ? 16 : 34)}</text>`}</g>`
}

function stepMarkup(step: SequenceStep, top: number, layout: Layout): Markup {
  return html`<g class="step ${step.tone}" data-step="${step.key}">${
    step.to === undefined ? note(step, top, layout) : arrow(step, step.to, top, layout)
  }</g>`
}

function timeText(step: SequenceStep, x: number, y: number, anchor: 'start' | 'end'): Markup {
  return html`<text x="${x}" y="${y}" text-anchor="${anchor}" class="time">+${moment(step.atMs)}</text>`
}

function arrow(step: SequenceStep, to: Lane, top: number, layout: Layout): Markup {
  const { laneX, name, width, room } = layout
  const fromX = laneX[step.from]
  const toX = laneX[to]
  const direction = Math.sign(toX - fromX)
  const y = top + (name === 'wide' ? 21 : 20)
  const reaches = step.tone !== 'waiting' && step.tone !== 'lost'
  const endX = reaches ? toX - direction * 2 : fromX + (toX - fromX) * 0.62
  const end = reaches
    ? html`<line x1="${fromX}" x2="${endX}" y1="${y}" y2="${y}" class="shaft" marker-end="url(#head-${name})"/>`
    : html`<line x1="${fromX}" x2="${endX}" y1="${y}" y2="${y}" class="shaft"/>${
        step.tone === 'lost'
          ? html`<path d="M${endX - 5} ${y - 5}l10 10m0-10-10 10" class="cross"/>`
          : html`<circle cx="${endX + direction * 5}" cy="${y}" r="4" class="under-way"/>`
      }`
  if (name === 'wide') {
    const left = Math.min(fromX, toX) + 12
    return html`${timeText(step, 0, y + 4, 'start')}${end}
<text x="${left}" y="${y - 6}" class="title">${cut(step.title, 40)}</text>
<text x="${left}" y="${y + 13}" class="detail">${detailWithTime(step, room.arrow)}</text>`
  }
  const fromStripe = step.from === 'stripe' || to === 'stripe'
  const x = fromStripe ? Math.min(fromX, toX) + 8 : width - 2
  const anchor = fromStripe ? 'start' : 'end'
  const took =
    step.tookMs === undefined
      ? undefined
      : html`<text x="0" y="${y + 13}" class="detail">took ${span(step.tookMs)}</text>`
  return html`${timeText(step, fromStripe ? width - 2 : 0, took === undefined ? y + 4 : y - 2, fromStripe ? 'end' : 'start')}${took}${end}
<text x="${x}" y="${y - 6}" text-anchor="${anchor}" class="title">${cut(step.title, 26)}</text>
<text x="${x}" y="${y + 14}" text-anchor="${anchor}" class="detail">${cut(step.detail, fromStripe ? 30 : 44)}</text>`
}

/** What has no room is cut out of the words, never out of the time. */
function detailWithTime({ detail, tookMs }: SequenceStep, most: number): string {
  const time = tookMs === undefined ? '' : ` · ${span(tookMs)}`
  return `${cut(detail, most - time.length)}${time}`
}

function note(step: SequenceStep, top: number, layout: Layout): Markup {
  const { laneX, noteWidth, width, name, room } = layout
  const left = Math.max(
    name === 'wide' ? 0 : 50,
    Math.min(laneX[step.from] - noteWidth / 2, width - noteWidth),
  )
  const boxTop = top + 3
  const boxHeight = name === 'wide' ? 34 : 38
  return html`${timeText(step, 0, boxTop + boxHeight / 2 + 4, 'start')}
<rect x="${left}" y="${boxTop}" width="${noteWidth}" height="${boxHeight}" rx="3" class="note ${step.from}"/>
<text x="${left + 10}" y="${boxTop + 14}" class="title">${cut(step.title, name === 'wide' ? 36 : 27)}</text>
<text x="${left + 10}" y="${boxTop + 27}" class="detail">${cut(step.detail, room.note)}</text>`
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

/** The same for who can't see it, or would rather read. */
export function sequenceList({ steps }: Sequence): Markup {
  return html`<ol class="steps">${steps.map(
    (
      step,
    ) => html`<li data-step="${step.key}" class="${step.tone}"><span class="time">+${moment(step.atMs)}</span>
${stepSentence(step)}</li>`,
  )}</ol>`
}

/** One step in words: “Total TypeScript → AI Hero: bundle/purchased (AI SDK Crash Course, revision 1), 43 ms.” */
export function stepSentence({ from, to, title, detail, tookMs }: SequenceStep): string {
  const who = to === undefined ? LANE_NAMES[from] : `${LANE_NAMES[from]} → ${LANE_NAMES[to]}`
  const how = tookMs === undefined ? '' : `, took ${span(tookMs)}`
  return `${who}: ${title}${detail === '' ? '' : ` (${detail})`}${how}.`
}
