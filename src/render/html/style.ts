import {DARK, LIGHT, type Palette} from './palette.ts'

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';')
}

/** Shapes stand where the colour is, so that neither is needed to understand the other; words say the same. */
const TONES = `.ok{color:var(--ok)}.warn{color:var(--warn)}.error{color:var(--error)}.muted{color:var(--muted)}
.ok::before{content:"✓ "/""}.warn::before{content:"▲ "/""}.error::before{content:"✕ "/""}.muted::before{content:"○ "/""}
.ok>*,.warn>*,.error>*,.muted>*{color:var(--text)}
.mark{color:var(--ground);background:var(--error);padding:0 .35em;border-radius:.2em;white-space:nowrap}
.mark::before{content:"◆ "/""}`

const TEXT = `*{box-sizing:border-box}
body{margin:0 auto;max-width:120rem;padding:1rem;font:1rem/1.45 system-ui,sans-serif;background:var(--ground);color:var(--text);overflow-wrap:anywhere}
h1{font-size:1.35rem;margin:0 0 .3rem}h2{font-size:1.15rem;margin:1.2rem 0 .5rem}h3,h4{font-size:1rem;margin:.6rem 0 .3rem}
h1,h2,h3,h4{text-wrap:pretty}p{margin:.3rem 0}small{font-size:.85em}b,code,pre,td,th,time{unicode-bidi:isolate}
header p,footer{color:var(--muted)}header .error{color:var(--error)}header .warn{color:var(--warn)}
pre{margin:.2rem 0;padding:.4rem .6rem;background:var(--deep);white-space:pre-wrap}
code,pre{font:.9em ui-monospace,monospace}ul,ol{margin:.3rem 0;padding:0 0 0 1.4em}
summary{cursor:pointer}summary h3{display:inline}a{color:inherit}`

const ANSWER = `main>section{min-width:0}
.finding{border:1px solid var(--muted);border-left-width:.4rem;padding:.1rem .8rem .5rem;margin:.6rem 0;background:var(--box)}
.finding:nth-of-type(n+20){content-visibility:auto;contain-intrinsic-size:auto 14rem}
.of-error{border-left-color:var(--error)}.of-warn{border-left-color:var(--warn);border-left-style:dashed}.of-muted{border-left-color:var(--muted);border-left-style:dotted}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem .8rem;margin:.3rem 0}dt{font-weight:600}dd{margin:0}dd p{margin:0 0 .2rem}
@media(max-width:40rem){dl{display:block}}
@media(min-width:75rem){main.pair{display:grid;grid-template-columns:minmax(24rem,2fr) 3fr;gap:1.5rem}}`

const PICTURE = `.grid,.list{list-style:none;padding:0}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.6rem;align-items:start}
.zones{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17.5rem),1fr));gap:.8rem;align-items:start}.zones>.zone{margin:0;min-width:0}
.part:nth-of-type(n+2){content-visibility:auto;contain-intrinsic-size:auto 40rem}
.zone.part:nth-of-type(-n+8){content-visibility:visible}
.zone{border:1px solid var(--muted);padding:.2rem .7rem .6rem;margin:.8rem 0}
.box{border:1px solid var(--muted);background:var(--box);padding:.1rem .6rem .5rem}
.box h4{border-bottom:1px solid var(--muted)}
.list>li{border:1px solid var(--muted);background:var(--ground);padding:.2rem .5rem;margin:.3rem 0}
.list>.ok{border-color:var(--ok)}.list>.warn{border:2px dashed var(--warn)}.list>.error{border:2px solid var(--error)}.list>.muted{border-style:dotted}
.list ul{padding:0 0 0 .8em;list-style:none}.list ul .error{color:var(--error)}.list ul .warn{color:var(--warn)}
.ways{list-style:decimal;padding-left:3em}.ways>li::marker{color:var(--muted)}
progress{width:min(100%,20rem);height:.9rem;accent-color:var(--ok);vertical-align:middle}`

const TABLES = `.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.4rem 0;font-size:.92rem}
caption{text-align:left;font-weight:600}th,td{border:1px solid var(--muted);padding:.2rem .5rem;text-align:left;vertical-align:top;max-width:28rem;overflow-wrap:break-word}.short{white-space:nowrap}td:last-child{min-width:min(14rem,60vw)}
thead th{background:var(--deep)}tbody th{background:var(--box);font-weight:600;min-width:min(11rem,38vw)}td small,th small{display:block;color:var(--muted)}
td.warn{border:2px dashed var(--warn)}td.error{border:2px solid var(--error)}`

/** Paper has no grounds: browsers leave them out. */
const PRINT = `@page{margin:12mm}@media print{.mark{color:var(--error);background:none;border:2px solid var(--error)}:root{${variables(LIGHT)}}body{max-width:none;padding:0;font-size:9pt}main.pair{display:block}
.part:nth-of-type(n),.finding:nth-of-type(n){content-visibility:visible}.finding,.box,.list>li,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}.scroll{overflow:visible}thead{display:table-header-group}}`

/** All there is of colours and places; nothing in it is from a cluster. */
export const STYLE = [
  `:root{color-scheme:light dark;${variables(LIGHT)}}@media(prefers-color-scheme:dark){:root{${variables(DARK)}}}`,
  TEXT,
  TONES,
  ANSWER,
  PICTURE,
  TABLES,
  PRINT,
].join('\n')

/** SHA-256 of it: the only style that a browser may take. A test compares. */
export const STYLE_HASH = 'sha256-oLJ/6woHLxEYXf1t5rQjgx6CKtHPi4+JQHqEjOUb4x8='
