/**
 * The little that runs in the browser. Without it the page works all the same: the server formats, checks and counts.
 */
export const CLIENT_SCRIPT = `'use strict'
const form = document.querySelector('form.pay-form')
const field = (name) => form?.querySelector('[name="' + name + '"]')

function keepDigits(input, max) { return input.value.replace(/\\D/g, '').slice(0, max) }

const formatters = {
  cardNumber(input) {
    const digits = keepDigits(input, 19)
    const groups = /^3[47]/.test(digits) ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)] : digits.match(/.{1,4}/g) ?? []
    return groups.filter(Boolean).join(' ')
  },
  cardExpiry(input) {
    let digits = keepDigits(input, 6)
    if (/^[2-9]$/.test(digits)) digits = '0' + digits
    if (digits.length > 4) digits = digits.slice(0, 2) + digits.slice(-2)
    return digits.length > 2 ? digits.slice(0, 2) + ' / ' + digits.slice(2) : digits
  },
  cardCvc: (input) => keepDigits(input, 4),
}

for (const [name, format] of Object.entries(formatters)) {
  field(name)?.addEventListener('input', (event) => {
    const input = event.target
    const atEnd = input.selectionStart === input.value.length
    const formatted = format(input)
    if (atEnd && formatted !== input.value && event.inputType !== 'deleteContentBackward') input.value = formatted
  })
  field(name)?.addEventListener('blur', (event) => { event.target.value = format(event.target) })
}

for (const button of document.querySelectorAll('button[data-fill]')) {
  button.addEventListener('click', (event) => {
    event.preventDefault()
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) {
      const input = field(name)
      if (!input) continue
      if (name === 'paymentMethod') form.querySelector('[name="paymentMethod"][value="' + value + '"]')?.click()
      else if (name !== 'cardholderName' || input.value === '') input.value = value
    }
    form.querySelector('button[type="submit"]')?.focus()
  })
}

const button = form?.querySelector('button[type="submit"]')
const label = button?.textContent
form?.addEventListener('submit', (event) => {
  if (button.getAttribute('aria-disabled') === 'true') return event.preventDefault()
  button.setAttribute('aria-disabled', 'true')
  button.textContent = 'Processing…'
})
addEventListener('pageshow', () => {
  button?.removeAttribute('aria-disabled')
  if (button && label) button.textContent = label
})

// Applying a code loads the page anew: what was typed (never the card) comes back.
const memory = 'typed:' + location.pathname.split('/')[3]
for (const promotion of document.querySelectorAll('form.promotion')) {
  promotion.addEventListener('submit', () => {
    sessionStorage.setItem(memory, JSON.stringify({ email: field('email')?.value, cardholderName: field('cardholderName')?.value }))
  })
}
const typed = JSON.parse(sessionStorage.getItem(memory) ?? '{}')
sessionStorage.removeItem(memory)
for (const [name, value] of Object.entries(typed)) {
  const input = field(name)
  if (input && !input.readOnly && input.value === '') input.value = value ?? ''
}
`
