/** Set-up speaks on standard error: standard output belongs to the command, which may print JSON there. */
const out = process.stderr
const colours = out.isTTY && !process.env.NO_COLOR
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)

export const dim = (text) => paint('2', text)
export const green = (text) => paint('32', text)
export const red = (text) => paint('31', text)
export const bold = (text) => paint('1', text)

/** @param {string} text */
export function say(text) {
  out.write(`${text}\n`)
}

/**
 * Shows one longer step: a line that changes in place on a terminal, or a line now and then in a log.
 *
 * @param {string} title
 */
export function showStep(title) {
  const start = Date.now()
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`
  let detail = ''
  let lastPrinted = 0
  const draw = () => {
    if (out.isTTY) out.write(`\r\u001b[2K  ${dim('…')} ${title} ${dim(`${detail} ${seconds()}`)}`)
    else if (Date.now() - lastPrinted >= 10_000) {
      lastPrinted = Date.now()
      out.write(`  … ${title} ${detail}\n`)
    }
  }
  draw()
  const timer = setInterval(draw, 250)
  const end = (mark, text) => {
    clearInterval(timer)
    if (out.isTTY) out.write('\r\u001b[2K')
    out.write(`  ${mark} ${text} ${dim(seconds())}\n`)
  }
  return {
    /** @param {string} text */
    update(text) {
      detail = text
      draw()
    },
    /** @param {string} [text] */
    done(text = title) {
      end(green('✓'), text)
    },
    /** @param {string} [text] */
    failed(text = title) {
      end(red('✗'), text)
    },
  }
}
