import type { TraceView } from "./_trace_view.ts";

/**
 * The page that shows traces: one file without anything from elsewhere. Values reach it as text nodes only, so that
 * what a span holds is never read as markup.
 *
 * @param traces Shown as they are; without them the page asks the viewer for its traces every two seconds.
 */
export function page(traces?: readonly TraceView[]): string {
  const data =
    traces === undefined
      ? ""
      : `<script type="application/json" id="data">${JSON.stringify(traces).replace(/</g, "\\u003c")}</script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'">
<title>Traces</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>Traces</h1><input id="filter" type="search" placeholder="name, service, trace id or attribute"><span id="count"></span></header>
<main><nav id="list"></nav><section id="trace"></section></main>
${data}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--bar:#3b82f6;--bad:#dc2626;--dim:#888}
*{box-sizing:border-box}body{margin:0;font:13px/1.5 system-ui,sans-serif}
header{display:flex;gap:1em;align-items:center;padding:.5em 1em;border-bottom:1px solid var(--line)}
h1{font-size:1.1em;margin:0}input{flex:0 1 24em;font:inherit;padding:.2em .5em}
main{display:grid;grid-template-columns:minmax(16em,24em) 1fr;height:calc(100vh - 3em)}
nav,section{overflow:auto}nav{border-right:1px solid var(--line)}
nav button{display:block;width:100%;text-align:left;font:inherit;color:inherit;background:none;border:0;border-bottom:1px solid var(--line);padding:.4em 1em;cursor:pointer}
nav button[aria-current]{background:#3b82f622}
small{color:var(--dim);display:block}.bad{color:var(--bad)}
.row{display:grid;grid-template-columns:minmax(18em,40%) 1fr 6em;gap:.5em;padding:0 1em;cursor:pointer}
.row:hover{background:#8881}.name{white-space:pre;font-family:ui-monospace,monospace;overflow:hidden;text-overflow:ellipsis}
.lane{position:relative}.bar{position:absolute;top:.35em;height:.8em;min-width:2px;background:var(--bar);border-radius:2px}
.bar.bad{background:var(--bad)}.time{text-align:right;color:var(--dim)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;margin:.2em 1em .6em 3em;font-family:ui-monospace,monospace;font-size:12px}
dl[hidden]{display:none}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
`;

const SCRIPT = `
"use strict";
const by = (id) => document.getElementById(id);
const el = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; };
const ms = (v) => v < 1 ? Math.round(v * 1000) + " µs" : v < 1000 ? v.toPrecision(3) + " ms" : (v / 1000).toPrecision(3) + " s";
let traces = [], current;
function matches(t, words) {
  const text = JSON.stringify(t).toLowerCase();
  return words.every((w) => text.includes(w));
}
function drawList() {
  const words = by("filter").value.toLowerCase().split(/\\s+/).filter(Boolean);
  const shown = traces.filter((t) => matches(t, words));
  by("count").textContent = shown.length + " of " + traces.length;
  by("list").replaceChildren(...shown.map((t) => {
    const b = el("button");
    if (t.traceId === current) b.setAttribute("aria-current", "true");
    b.append(el("span", t.errors ? "bad" : "", t.name), el("small", "", t.services.join(", ") + " · " + t.rows.length + " spans · " + ms(t.duration) + (t.errors ? " · " + t.errors + " errors" : "") + " · " + new Date(t.start).toLocaleTimeString()));
    b.onclick = () => { current = t.traceId; drawList(); drawTrace(t); };
    return b;
  }));
}
function drawTrace(t) {
  const head = el("div", "row");
  head.append(el("b", "name", t.traceId), el("span"), el("span", "time", ms(t.duration)));
  by("trace").replaceChildren(head, ...t.rows.flatMap((r) => {
    const row = el("div", "row"), lane = el("div", "lane"), bar = el("div", r.error === undefined ? "bar" : "bar bad");
    const whole = t.duration || 1;
    bar.style.left = (r.start / whole * 100) + "%";
    bar.style.width = (r.duration / whole * 100) + "%";
    lane.append(bar);
    row.append(el("span", r.error === undefined ? "name" : "name bad", r.branch + r.name), lane, el("span", "time", ms(r.duration)));
    const facts = el("dl");
    const fact = (k, v) => facts.append(el("dt", "", k), el("dd", "", typeof v === "string" ? v : JSON.stringify(v)));
    fact("service", r.service);
    fact("kind", r.kind);
    if (r.error !== undefined) fact("error", r.error);
    for (const k of Object.keys(r.attributes).sort()) fact(k, r.attributes[k]);
    for (const e of r.events) fact("event " + e.name, e.attributes);
    facts.hidden = true;
    row.onclick = () => { facts.hidden = !facts.hidden; };
    return [row, facts];
  }));
}
function show(next) {
  const known = traces.find((t) => t.traceId === current);
  traces = next;
  const now = traces.find((t) => t.traceId === current) || (current === undefined ? traces[0] : undefined);
  if (now) current = now.traceId;
  drawList();
  if (now && (!known || known.rows.length !== now.rows.length)) drawTrace(now);
}
by("filter").oninput = drawList;
const data = by("data");
if (data) show(JSON.parse(data.textContent));
else {
  const load = () => fetch("/api/traces").then((r) => r.json()).then(show).catch(() => {}).then(() => setTimeout(load, 2000));
  load();
}
`;
