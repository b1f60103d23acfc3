/**
 * Keeps the page up to date, and sends its forms without leaving it. Everything works without this script too.
 */

/** Makes one element's content like another's, and touches only what differs: no flicker, and focus stays where it is. */
function morphChildren(current, wanted) {
  const wantedNodes = [...wanted.childNodes]
  wantedNodes.forEach((node, index) => {
    const existing = current.childNodes[index]
    if (!existing) current.append(node.cloneNode(true))
    else morph(existing, node)
  })
  while (current.childNodes.length > wantedNodes.length) current.lastChild.remove()
}

function morph(current, wanted) {
  if (current.nodeType !== wanted.nodeType || current.nodeName !== wanted.nodeName) {
    current.replaceWith(wanted.cloneNode(true))
    return
  }
  if (current.nodeType !== Node.ELEMENT_NODE) {
    if (current.nodeValue !== wanted.nodeValue) current.nodeValue = wanted.nodeValue
    return
  }
  if (current.id !== wanted.id || current.dataset.step !== wanted.dataset.step) {
    current.replaceWith(wanted.cloneNode(true))
    return
  }
  for (const { name, value } of wanted.attributes) {
    if (current.getAttribute(name) !== value) current.setAttribute(name, value)
  }
  for (const { name } of [...current.attributes]) {
    // Whether a person has opened something is theirs to say.
    const theirs = name === 'open' && current.nodeName === 'DETAILS'
    if (!wanted.hasAttribute(name) && !theirs) current.removeAttribute(name)
  }
  const atEnd =
    current.nodeName === 'PRE' && current.scrollTop + current.clientHeight >= current.scrollHeight - 4
  morphChildren(current, wanted)
  if (atEnd) current.scrollTop = current.scrollHeight
}

function parse(markup) {
  return new DOMParser().parseFromString(`<body>${markup}</body>`, 'text/html').body
}

function show(pieces) {
  for (const [id, markup] of Object.entries(pieces)) replaceContent(id, parse(markup))
}

/** Keeps the keyboard where it is: a button that has gone leaves its place to the next one. */
function replaceContent(id, wanted) {
  const element = document.getElementById(id)
  if (!element) return
  const focused = element.contains(document.activeElement) ? document.activeElement : undefined
  const action = focused?.closest('form')?.getAttribute('action')
  morphChildren(element, wanted)
  if (!focused || focused.isConnected) return
  const sameForm = [...element.querySelectorAll('form')].find(
    (form) => form.getAttribute('action') === action,
  )
  const next = (sameForm ?? element).querySelector('button, a, summary')
  next?.focus({ preventScroll: true })
}

const connection = document.getElementById('connection')
function say(text) {
  // The same words once more would be read out once more.
  if (connection.textContent !== text) connection.textContent = text
}

let events

function follow() {
  if (events) return
  events = new EventSource(`/events${location.search}`)
  events.addEventListener('pieces', (event) => {
    show(JSON.parse(event.data))
    say('live')
  })
  events.addEventListener('elsewhere', () => {
    leave()
    say('Not live: this page is open in other tabs too. Click into it to go on.')
  })
  events.addEventListener('error', () => say('Not live: the stack does not answer. Trying again.'))
}

function leave() {
  events?.close()
  events = undefined
}

// Nobody looks at a hidden page, and a browser has few connections to one address.
document.addEventListener('visibilitychange', () => (document.hidden ? leave() : follow()))
for (const kind of ['focus', 'pointerdown', 'keydown']) addEventListener(kind, follow)
if (!document.hidden) follow()

function fail(text) {
  const line = document.createElement('p')
  line.className = 'notice failed'
  line.textContent = text
  document.getElementById('notice').replaceChildren(line)
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post') return
  event.preventDefault()
  const button = event.submitter
  const body = new URLSearchParams(new FormData(form, button))
  button?.setAttribute('aria-busy', 'true')
  fetch(form.getAttribute('action'), { method: 'POST', body })
    .then(async (response) => {
      if (!response.ok) return fail(await response.text())
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      replaceContent('notice', page.getElementById('notice'))
      // The page that came shows the newest purchase; this one may show another.
      for (const element of page.querySelectorAll('#live-summary, #live-faults, #live-parts')) {
        replaceContent(element.id, element)
      }
    })
    .catch(() => fail('The stack does not answer. Is it still running?'))
    .finally(() => button?.removeAttribute('aria-busy'))
})
