import { describeFault } from '@sandbox/fault-proxy'
import { FAULT_WORDS, SHARES } from '../faults/fault-words.ts'
import { PRESETS } from '../faults/presets.ts'
import { ROAD_WORDS } from '../faults/road-words.ts'
import { html, type Markup } from './html.ts'
import type { PageView } from './view.ts'

/** The panel's form: which road, what happens on it, how often. */
export function faultForm({ roads }: Pick<PageView, 'roads'>): Markup {
  if (roads === undefined) {
    return html`<p class="soft">In this stack the parts call each other directly: nothing stands in between, so nothing can
be made to fail here. A part can still be stopped, killed or paused below.</p>`
  }
  return html`<form method="post" action="/faults" class="fault-form">
<label class="wide">On the road<select name="road">${roads.map(
    ({ road }) =>
      html`<option value="${road}">${ROAD_WORDS[road].name} (${ROAD_WORDS[road].carries})</option>`,
  )}</select></label>
<label class="wide">this happens<select name="kind">${FAULT_WORDS.map(
    ({ kind, says, amount }) =>
      html`<option value="${kind}" data-amount="${amount ?? 'none'}">${says}</option>`,
  )}</select></label>
<label class="for-milliseconds">by (ms)<input name="milliseconds" inputmode="numeric" pattern="[0-9]{1,6}" value="2000"></label>
<label class="for-status">with status<input name="status" inputmode="numeric" pattern="[45][0-9][0-9]" value="503"></label>
<label>to<select name="share">${SHARES.map(
    ({ probability, says }) => html`<option value="${probability}">${says}</option>`,
  )}</select></label>
<label>times <input name="times" inputmode="numeric" pattern="[0-9]{1,5}" placeholder="until healed"></label>
<button class="break">Make it fail</button></form>
<form method="post" action="/presets" class="presets" aria-label="Ready-made faults">${PRESETS.filter(
    ({ road }) => roads.some((each) => each.road === road),
  ).map(({ key, says }) => html`<button name="preset" value="${key}">${says}</button>`)}</form>`
}

/** The two servers that are most worth pausing, and what is wrong at the moment. */
export function activeFaults({ roads, pausable }: Pick<PageView, 'roads' | 'pausable'>): Markup {
  const set = (roads ?? []).flatMap(({ road, faults }) => faults.map((each) => ({ road, ...each })))
  const paused = pausable.filter((each) => each.paused)
  return html`<div class="presets">${pausable.map(
    ({
      name,
      label,
      paused: isPaused,
    }) => html`<form method="post" action="/parts/${name}"><input type="hidden" name="back" value="fail">
<button name="verb" value="${isPaused ? 'resume' : 'pause'}">${isPaused ? `Let ${label} go on` : `Pause ${label}`}</button></form>`,
  )}</div>
<h3>Now</h3>${
    set.length + paused.length === 0
      ? html`<p class="soft">Nothing is made to fail.</p>`
      : html`<ul class="active">${set.map(
          ({ road, id, fault, struck }) => html`<li><div><strong>${ROAD_WORDS[road].name}</strong>
${describeFault(fault)} <span class="struck">struck ${struck} ${struck === 1 ? 'time' : 'times'}</span></div>
<form method="post" action="/faults/heal"><input type="hidden" name="road" value="${road}"><button name="id" value="${id}"
aria-label="Heal: ${ROAD_WORDS[road].name}, ${describeFault(fault)}">Heal</button></form></li>`,
        )}${paused.map(
          ({ label }) =>
            html`<li><div><strong>${label}</strong> is paused: it takes connections and answers nobody.</div></li>`,
        )}</ul>`
  }
<form method="post" action="/faults/heal"><button class="heal" name="id" value="all">Heal everything</button></form>`
}
