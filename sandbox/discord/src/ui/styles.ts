/** One style sheet for all pages: plain, dense and grey, light and dark, from 320 px up. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #f1f2f4; --panel: #ffffff; --sunken: #eaecef; --text: #1c2026; --muted: #59616d; --line: #ccd1d8; --strong: #868f9b;
  --focus: #1d4ed8; --good: #17663f; --warn: #855300; --bad: #a81d2a;
  --stand-in: #ffd23f; --stand-in-text: #221a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131518; --panel: #1b1e22; --sunken: #24282e; --text: #e7e9ec; --muted: #a2abb7; --line: #3a4048; --strong: #69727e;
    --focus: #9db8ff; --good: #76d1a2; --warn: #f0c063; --bad: #ff969d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
h1 { font-size: 20px; line-height: 1.25; }
h2 { font-size: 15px; }
code { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.muted { color: var(--muted); }
.stand-in { position: sticky; top: 0; z-index: 1; padding: 8px 16px; background: var(--stand-in); color: var(--stand-in-text); text-align: center;
  border-bottom: 6px solid; border-image: repeating-linear-gradient(135deg, #221a00 0 10px, #ffd23f 10px 20px) 6; }
.stand-in strong { text-transform: uppercase; letter-spacing: .08em; margin-right: 6px; }
main { max-width: 560px; margin: 0 auto; padding: 24px 16px 48px; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
main.wide { max-width: 900px; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 14px; font-size: 14px; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; }
form { margin: 0; display: grid; gap: 12px; }
section:not(.panel) { display: grid; gap: 12px; }
.people { list-style: none; display: grid; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; overflow: clip; }
.people li + li { border-top: 1px solid var(--line); }
.person { width: 100%; display: grid; grid-template-columns: 34px minmax(0, 1fr) auto; gap: 2px 12px; align-items: center; padding: 8px 14px;
  font: inherit; text-align: left; color: inherit; background: none; border: 0; }
button.person { cursor: pointer; }
button.person:hover { background: var(--sunken); }
button.person:active { background: var(--line); }
button.person:focus-visible { outline-offset: -3px; }
button.person .go { color: var(--muted); font-size: 18px; }
.initials { width: 34px; height: 34px; border-radius: 6px; display: grid; place-items: center; background: var(--sunken); border: 1px solid var(--line); font-size: 13px; font-weight: 700; color: var(--muted); }
button.person:hover .initials { background: var(--panel); }
.who { min-width: 0; overflow-wrap: anywhere; }
.who b { display: block; }
.who span { font-size: 13px; color: var(--muted); }
.who .warn { color: var(--warn); }
.plain { justify-self: start; font: inherit; font-weight: 600; padding: 7px 14px; border: 1px solid var(--strong); border-radius: 6px; background: var(--panel); color: var(--text); cursor: pointer; }
.plain:hover { background: var(--sunken); }
.problem { border-left: 4px solid var(--bad); }
@media (prefers-reduced-motion: no-preference) { button { transition: background-color .12s; } }
`

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#ffd23f"/><path d="M8 22l4-12h3l-4 12zm9 0l4-12h3l-4 12z" fill="#221a00"/></svg>`
