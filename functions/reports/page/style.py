"""The rules of the pages and their hash: the content security policy lets no other style in."""

import base64
import hashlib
from functools import cache

from reports.page.palette import DARK, LIGHT

RULES = """
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",
Arial,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums lining-nums}
.page{max-width:68rem;margin:0 auto;padding:1.25rem clamp(1rem,4vw,2.5rem) 3rem}
a{color:var(--now);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
a:focus-visible{outline:2px solid var(--now);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.2rem 1rem;
border-bottom:1px solid var(--rule);padding-bottom:.6rem;font-size:.875rem;color:var(--quiet)}
.top time{white-space:nowrap}
.top nav{display:flex;gap:1.1rem}
.mark{font-weight:700;color:var(--ink);letter-spacing:.01em;text-decoration:none}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.25rem);line-height:1.15;font-weight:600;letter-spacing:-.015em;
margin:1.9rem 0 .35rem;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3;font-weight:600;margin:3rem 0 .2rem;padding-top:.8rem;
border-top:1px solid var(--rule)}
h2 .quiet,th .quiet{font-weight:400}
h3{font-size:.95rem;line-height:1.3;font-weight:600;margin:0}
p{margin:.3rem 0;max-width:44rem;text-wrap:pretty}
.quiet,figcaption,.none{color:var(--quiet)}
.small,figcaption{font-size:.875rem;line-height:1.45}
.facts{color:var(--quiet);font-size:.875rem}
.status,.window time{white-space:nowrap}
.errors{max-width:44rem;margin-top:1.6rem}
.moved{color:var(--moved);font-weight:600}
.lead{margin:1.3rem 0 0;padding:0;list-style:none;max-width:44rem;font-size:clamp(1.06rem,1rem + .35vw,1.22rem);
line-height:1.45}
.lead li{margin:.35rem 0;overflow-wrap:anywhere}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1.1rem 1.6rem;margin:1.8rem 0 0}
.figures div{border-top:2px solid var(--rule);padding-top:.45rem}
.figures dt{font-size:.8125rem;color:var(--quiet)}
.figures dd{margin:0;font-size:1.45rem;line-height:1.25;letter-spacing:-.01em}
.figures dd.beside{font-size:.8125rem;line-height:1.4;color:var(--quiet);letter-spacing:0;overflow-wrap:anywhere}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;align-items:center;margin:.5rem 0 1.1rem;padding:0;list-style:none;
font-size:.8125rem;color:var(--quiet)}
.key svg{width:1.5rem;height:.7rem;margin-right:.45rem;vertical-align:-.05em}
figure{margin:0}
svg{display:block;width:100%;overflow:visible}
.key svg{display:inline-block}
svg text{font-size:11px;fill:var(--quiet)}
svg text.now{fill:var(--now);font-weight:600;font-size:12px}
svg text.halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.fill{fill:var(--fill)}
.hit{fill:transparent}
.hit:hover{fill:var(--ink);fill-opacity:.07}
line{stroke:var(--reference);stroke-width:1.25}
line.now{stroke:var(--now);stroke-width:2;stroke-linecap:round}
line.rule{stroke:var(--rule);stroke-width:1}
line.tick{stroke:var(--reference);stroke-width:2}
line.bound{stroke:var(--moved);stroke-dasharray:3 3}
circle.now,rect.now{fill:var(--now);stroke:var(--paper);stroke-width:1.5}
rect.moved,circle.moved{fill:var(--moved);stroke:var(--paper);stroke-width:1.5}
circle.reference{fill:var(--paper);stroke:var(--reference);stroke-width:2}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr));gap:2.2rem 2.4rem}
.column header,.errors header{display:flex;justify-content:space-between;align-items:baseline;gap:.6rem;
border-top:1px solid var(--rule);padding-top:.5rem;margin-bottom:.55rem}
h3{overflow-wrap:anywhere}
header span{font-size:.8125rem;white-space:nowrap}
.column figcaption{margin-top:.5rem;overflow-wrap:anywhere}
.bars{list-style:none;margin:0;padding:0;font-size:.8125rem;line-height:1.25}
.bars li{display:grid;grid-template-columns:minmax(0,6.2rem) minmax(0,1fr) 3.6rem;gap:.6rem;align-items:center;
min-height:1.2rem}
.bars .label{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--quiet)}
.bars .value{text-align:right}
.trend{padding:.6rem 4.6rem 0 0;margin:.6rem 0 .3rem;max-width:52rem}
.trend figcaption{margin:.5rem -4.6rem 0 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4;margin-top:.9rem}
th{font-weight:400;font-size:.8125rem;color:var(--quiet);text-align:left;vertical-align:bottom;
padding:.3rem .9rem .35rem 0;border-bottom:1px solid var(--rule)}
td,tbody th{padding:.42rem .9rem .42rem 0;border-bottom:1px solid var(--rule);vertical-align:baseline}
tbody th{font-size:inherit;color:inherit}
.n{text-align:right;white-space:nowrap}
td.zero{color:var(--quiet)}
td.strip{width:24%;min-width:8rem;padding-right:0;vertical-align:middle}
th.strip{padding-right:0}
.wrap{overflow-wrap:anywhere}
.row-note{color:var(--quiet)}
.empty{margin:2.5rem 0;padding:1.6rem;background:var(--panel);border-radius:.4rem}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;background:var(--panel);
padding:.08em .35em;border-radius:.25em;overflow-wrap:anywhere}
.more{margin-top:1.6rem}
.foot{margin-top:3.2rem;border-top:1px solid var(--rule);padding-top:.7rem;font-size:.8125rem;color:var(--quiet)}
.foot p{max-width:none;overflow-wrap:anywhere}
@media (max-width:44rem){
thead{position:absolute;left:-100rem}
tbody tr{display:grid;grid-template-columns:auto 1fr;gap:0 .9rem;padding:.7rem 0;border-bottom:1px solid var(--rule)}
td,tbody th{display:block;border:0;padding:.05rem 0}
tbody th{grid-column:1/-1;font-weight:600}
td.full{grid-column:1/-1}
td[data-label]{grid-column:1/-1;display:grid;grid-template-columns:8.5rem minmax(0,1fr)}
td[data-label]::before{content:attr(data-label);color:var(--quiet);font-size:.8125rem;font-weight:400;text-align:left}
td.zero[data-label]{display:none}
td.n{text-align:left}
.window time{white-space:normal}
td.strip{width:auto;min-width:0;grid-column:1/-1;padding:.45rem 0 .2rem}
}
@media print{.page{max-width:none}.column,tr{break-inside:avoid}}
"""


@cache
def style() -> str:
    """Give the whole style sheet."""
    dark = f"@media (prefers-color-scheme:dark){{:root{{{DARK.declarations()}}}}}"
    return f":root{{{LIGHT.declarations()}}}{dark}{RULES}"


@cache
def style_source() -> str:
    """Give the style sheet's source expression for a content security policy."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()}"
