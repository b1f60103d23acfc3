/** One style sheet for all pages: one scale of sizes, light and dark, from 390 px up. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --panel: #ffffff; --sunken: #eef0f3; --text: #1b2130; --muted: #5b6475; --line: #d8dce3; --field: #7d8697;
  --accent: #4b4fd6; --accent-text: #ffffff; --accent-hover: #3b3fbf; --focus: #4b4fd6;
  --good: #12704a; --good-back: #dcf3e7; --bad: #b3202c; --bad-back: #fde7e8; --warn: #8a5a00; --warn-back: #fdf0d3;
  --stand-in: #ffd23f; --stand-in-text: #221a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161b; --panel: #1c1f26; --sunken: #242833; --text: #e8eaef; --muted: #a0a8b8; --line: #343a47; --field: #7a8395;
    --accent: #8a8dff; --accent-text: #10121a; --accent-hover: #a4a6ff; --focus: #a4a6ff;
    --good: #6fd6a8; --good-back: #12352a; --bad: #ff949b; --bad-back: #45191d; --warn: #f3c567; --warn-back: #3d2f10;
    --stand-in: #ffd23f; --stand-in-text: #221a00;
  }
}
* { box-sizing: border-box; }
/* What gets the focus must not hide behind the label on top. */
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 84px; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, h3, p, ul, dl, dd, table { margin: 0; padding: 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted { color: var(--muted); }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; }
.stand-in { position: sticky; top: 0; z-index: 2; padding: 8px 16px; background: var(--stand-in); color: var(--stand-in-text); text-align: center;
  border-bottom: 6px solid; border-image: repeating-linear-gradient(135deg, #221a00 0 10px, #ffd23f 10px 20px) 6; }
.stand-in strong { text-transform: uppercase; letter-spacing: .08em; margin-right: 6px; }

button, .button { font: inherit; font-weight: 600; display: inline-block; padding: 7px 14px; border: 1px solid var(--field); border-radius: 7px;
  background: var(--panel); color: var(--text); cursor: pointer; text-decoration: none; }
button:hover, .button:hover { border-color: var(--text); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
button.primary:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
button.danger { color: var(--bad); }
button[aria-disabled="true"] { opacity: .65; cursor: progress; }
label { display: block; font-weight: 600; font-size: 14px; margin-bottom: 4px; }
input, select { font: inherit; width: 100%; padding: 9px 11px; border: 1px solid var(--field); border-radius: 7px; background: var(--panel); color: var(--text); }
input[readonly] { background: var(--sunken); }
input[aria-invalid="true"] { border-color: var(--bad); }
.field-error { color: var(--bad); font-size: 14px; margin-top: 4px; }
.alert { padding: 10px 14px; border-radius: 7px; background: var(--bad-back); color: var(--bad); font-weight: 600; }
.notice { padding: 10px 14px; border-radius: 7px; background: var(--good-back); color: var(--good); font-weight: 600; }

/* Checkout */
.checkout main { max-width: 1240px; margin: 0 auto; padding: 28px 20px 48px; }
.checkout-grid { display: grid; gap: 28px; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 800px) { .checkout-grid { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); } .checkout-grid .aside { grid-column: 2; } }
@media (min-width: 1160px) { .checkout-grid { grid-template-columns: minmax(0, 9fr) minmax(0, 10fr) minmax(0, 8fr); } .checkout-grid .aside { grid-column: auto; } }
.back { display: inline-block; padding: 4px 0; margin-bottom: 16px; color: var(--muted); text-decoration: none; }
.back:hover { color: var(--text); text-decoration: underline; }
.summary h1 { font-size: 17px; font-weight: 600; color: var(--muted); }
.summary .amount { font-size: 38px; line-height: 1.15; font-weight: 700; letter-spacing: -.02em; margin: 2px 0 24px; }
.lines { list-style: none; display: grid; gap: 16px; }
.lines li { display: grid; grid-template-columns: 44px minmax(0, 1fr) auto; gap: 12px; }
.tile { width: 44px; height: 44px; border-radius: 8px; background: var(--sunken); border: 1px solid var(--line); display: grid; place-items: center; font-weight: 700; color: var(--muted); }
.line-name { font-weight: 600; overflow-wrap: anywhere; }
.totals { margin-top: 22px; border-top: 1px solid var(--line); padding-top: 14px; display: grid; gap: 10px; }
.totals div { display: flex; justify-content: space-between; gap: 12px; }
.totals .due { border-top: 1px solid var(--line); padding-top: 12px; font-weight: 700; font-size: 17px; }
.promotion { margin-top: 22px; }
.promotion .row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; }
.chip { display: inline-flex; align-items: center; gap: 8px; padding: 4px 4px 4px 10px; border-radius: 7px; background: var(--good-back); color: var(--good); font-weight: 600; }
.chip button { padding: 2px 8px; font-size: 13px; }
.checkout-grid > * { align-self: start; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 22px; }
.panel h2 { font-size: 17px; margin-bottom: 14px; }
.hint { font-size: 14px; color: var(--muted); margin-top: 4px; }
.pay-form { display: grid; gap: 16px; }
.pay-form fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: grid; gap: 14px; }
.pay-form legend { padding: 0; margin-bottom: 10px; font-weight: 700; }
.methods { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.methods label { display: flex; gap: 8px; align-items: center; margin: 0; padding: 10px 12px; border: 1px solid var(--field); border-radius: 8px; cursor: pointer; }
.methods label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.methods input { width: auto; margin: 0; }
.method-fields { display: grid; gap: 14px; }
.pay-form:has(#method-card:checked) .bank-fields { display: none; }
.pay-form:has(#method-bank:checked) .card-fields { display: none; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.pay-form button.primary { width: 100%; padding: 13px; font-size: 16px; }
.aside h2 { font-size: 15px; margin-bottom: 4px; }
.aside table { width: 100%; border-collapse: collapse; margin: 10px 0 18px; }
.aside th { text-align: left; font-size: 13px; color: var(--muted); padding: 4px 6px 4px 0; font-weight: 600; }
.aside td { border-top: 1px solid var(--line); padding: 7px 6px 7px 0; vertical-align: middle; font-size: 14px; }
.aside td:last-child, .aside th:last-child { text-align: right; padding-right: 0; }
.aside td button { padding: 3px 10px; font-size: 13px; }
.aside details { margin-bottom: 14px; }
.aside summary { cursor: pointer; font-weight: 600; font-size: 14px; }
.message { max-width: 560px !important; text-align: center; display: grid; gap: 14px; padding-top: 64px !important; }

/* Dashboard */
.bar { background: var(--panel); border-bottom: 1px solid var(--line); }
.bar-inner { max-width: 1180px; margin: 0 auto; padding: 12px 20px 0; }
.bar-title { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; }
.bar-title strong { font-size: 17px; }
.bar-title a, .scroll td > a, .accounts a { display: inline-block; padding: 3px 0; }
.tabs { display: flex; gap: 4px; margin-top: 8px; overflow-x: auto; }
.tabs a { padding: 8px 12px; text-decoration: none; color: var(--muted); border-bottom: 3px solid transparent; white-space: nowrap; }
@media (max-width: 460px) { .tabs { gap: 0; margin-inline: -8px; } .tabs a { padding: 8px; } }
.tabs a[aria-current="page"] { color: var(--text); border-color: var(--accent); font-weight: 600; }
.dashboard main { max-width: 1180px; margin: 0 auto; padding: 22px 20px 56px; display: grid; gap: 18px; grid-template-columns: minmax(0, 1fr); }
.dashboard h1 { font-size: 22px; }
.dashboard h1 .number { font-size: 28px; }
.dashboard h2 { font-size: 16px; margin: 0 0 8px; }
.dashboard .panel.stack { gap: 12px; }
.dashboard .panel.stack h2 { margin: 0; }
.scroll { position: relative; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); }
.scroll table { width: 100%; border-collapse: collapse; }
.scroll th, .scroll td { text-align: left; padding: 9px 12px; border-bottom: 1px solid var(--line); vertical-align: middle; white-space: nowrap; }
.scroll td.wide { white-space: normal; min-width: 180px; overflow-wrap: anywhere; }
.scroll tr:last-child td { border-bottom: 0; }
.scroll th { font-size: 13px; color: var(--muted); background: var(--sunken); }
.scroll td.actions { text-align: right; }
.scroll .buttons { flex-wrap: nowrap; justify-content: flex-end; }
.badge { display: inline-block; padding: 1px 8px; border-radius: 5px; font-size: 13px; font-weight: 600; background: var(--sunken); color: var(--muted); }
.badge.good { background: var(--good-back); color: var(--good); }
.badge.bad { background: var(--bad-back); color: var(--bad); }
.badge.warn { background: var(--warn-back); color: var(--warn); }
.cards { display: grid; gap: 18px; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 900px) { .cards { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start; } }
.stack { display: grid; gap: 18px; grid-template-columns: minmax(0, 1fr); }
.facts { display: grid; grid-template-columns: minmax(90px, max-content) minmax(0, 1fr); gap: 8px 18px; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; }
.form-row { display: grid; gap: 12px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.empty { padding: 28px; text-align: center; color: var(--muted); background: var(--panel); border: 1px dashed var(--line); border-radius: 10px; }
pre { overflow-x: auto; padding: 14px; background: var(--panel); border: 1px solid var(--line); border-radius: 10px; margin: 0; }
.accounts { display: grid; gap: 14px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
.accounts a { font-size: 18px; font-weight: 700; }
form { margin: 0; }
@media (prefers-reduced-motion: no-preference) { button, .button, input { transition: border-color .12s, background-color .12s; } }
`

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#ffd23f"/><path d="M8 22l4-12h3l-4 12zm9 0l4-12h3l-4 12z" fill="#221a00"/></svg>`
