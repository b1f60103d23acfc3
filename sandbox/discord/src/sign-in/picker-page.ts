import type { HttpAnswer } from '../http/messages.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { html } from '../ui/html.ts'
import { renderPage } from '../ui/page.ts'
import { personContent } from '../ui/person.ts'
import type { SignInProvider } from './provider.ts'

/** The page on which a person says who they are: one button for each user. */
export function renderPicker(
  provider: SignInProvider,
  { client, redirectUri, scopes }: AuthorizationRequest,
  action: string,
): HttpAnswer {
  const people = provider.people()
  return renderPage({
    brand: provider.brand,
    title: `Sign in to ${client.name}`,
    body: html`<main>
<h1>Sign in to ${client.name} with ${provider.brand}</h1>
<dl class="facts">
<dt>may see</dt><dd>${scopes.map((scope) => provider.knownScopes.get(scope) ?? scope).join(', ')}</dd>
<dt>returns to</dt><dd><code>${redirectUri}</code></dd>
</dl>
<form method="post" action="${action}">
<h2 id="who">Who are you?</h2>
${
  people.length === 0
    ? html`<p class="panel muted">There are no users. Add some to the seed file.</p>`
    : html`<ul class="people" aria-labelledby="who">
${people.map(
  (
    person,
  ) => html`<li><button class="person" name="user_id" value="${person.id}">${personContent(person)}<span class="go" aria-hidden="true">›</span></button></li>
`,
)}</ul>`
}
<button class="plain" name="cancel" value="1">Cancel</button>
</form>
</main>`,
  })
}
