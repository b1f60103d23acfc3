import type { HttpAnswer } from '../http/messages.ts'
import { html } from '../ui/html.ts'
import { renderPage } from '../ui/page.ts'
import { personContent } from '../ui/person.ts'
import type { DiscordContext } from './context.ts'

/** What is in the stand-in: who can sign in, to what, and who is in which guild. */
export function renderHome({ provider, clients, users, guilds }: DiscordContext): HttpAnswer {
  const people = provider.people()
  return renderPage({
    brand: provider.brand,
    title: 'Home',
    body: html`<main class="wide">
<h1>Discord stand-in</h1>
<section class="panel">
<h2>Applications</h2>
<dl class="facts">${[...clients.values()].map(
      ({ name, redirectUris }) =>
        html`<dt>${name}</dt><dd>${redirectUris.map((uri) => html`<code>${uri}</code> `)}</dd>`,
    )}</dl>
</section>
${[...guilds.values()].map(
  (guild) => html`<section class="panel">
<h2>${guild.name}</h2>
<dl class="facts">${guild.roles.map(({ id, name }) => {
    const holders = [...guild.members.values()]
      .filter(({ roles }) => roles.has(id))
      .map(({ userId }) => users.get(userId)?.username ?? userId)
    return html`<dt>${name}</dt><dd>${holders.length === 0 ? 'nobody' : holders.join(', ')}</dd>`
  })}
<dt>members</dt><dd>${guild.members.size}</dd></dl>
</section>`,
)}
<section>
<h2>Users</h2>
<ul class="people">${people.map((person) => html`<li><div class="person">${personContent(person)}</div></li>`)}</ul>
</section>
</main>`,
  })
}
