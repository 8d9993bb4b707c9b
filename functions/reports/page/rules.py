"""The rules of the pages, by what they are for; colours come from the palette alone."""

PAGE = """
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",
Arial,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums lining-nums}
.page{max-width:70rem;margin:0 auto;padding:1.25rem clamp(1rem,4vw,2.5rem) 3rem}
a{color:var(--now);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
a:focus-visible,summary:focus-visible{outline:2px solid var(--now);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.2rem 1rem;
border-bottom:1px solid var(--rule);padding-bottom:.6rem;font-size:.875rem;color:var(--quiet)}
.top time{white-space:nowrap}
.top nav{display:flex;gap:1.1rem}
.mark{font-weight:700;color:var(--ink);letter-spacing:.01em;text-decoration:none}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.25rem);line-height:1.15;font-weight:600;letter-spacing:-.015em;
margin:1.9rem 0 .35rem;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.3;font-weight:600;letter-spacing:-.005em;margin:3.4rem 0 .3rem;padding-top:.9rem;
border-top:2px solid var(--ink)}
h2 .quiet,th .quiet{font-weight:400}
h3{font-size:.95rem;line-height:1.3;font-weight:600;margin:0;overflow-wrap:anywhere}
h3.apart{margin:2.4rem 0 0}
p{margin:.3rem 0;max-width:46rem;text-wrap:pretty}
.quiet,figcaption,.none{color:var(--quiet)}
.small,figcaption{font-size:.875rem;line-height:1.45}
.facts{color:var(--quiet);font-size:.875rem;max-width:none}
.status,.window time{white-space:nowrap}
.odd{color:var(--odd);font-weight:600}
.wrap{overflow-wrap:anywhere}
.interval{white-space:nowrap}
.lead{margin:1.3rem 0 0;padding:0;list-style:none;max-width:46rem;font-size:clamp(1.06rem,1rem + .35vw,1.22rem);
line-height:1.45}
.lead li{margin:.35rem 0;text-wrap:pretty;overflow-wrap:anywhere}
.changes{margin:1.4rem 0 0;padding:.8rem 1.1rem .9rem;background:var(--panel);border-left:3px solid var(--reference);
max-width:46rem}
.changes h2{font-size:.8125rem;font-weight:600;letter-spacing:0;color:var(--quiet);margin:0;padding:0;border:0}
.changes ul{margin:.25rem 0 0;padding:0 0 0 1.05rem}
.changes li{margin:.15rem 0;overflow-wrap:anywhere}
.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr));gap:1.2rem 1.8rem;
margin:2.2rem 0 0}
.answers div{border-top:2px solid var(--rule);padding-top:.5rem}
.answers a{font-size:.8125rem;color:var(--quiet)}
.answers p{margin:0;overflow-wrap:anywhere}
.answers .verdict{font-size:1.15rem;line-height:1.3;font-weight:600;margin:.15rem 0 .3rem}
.answers .verdict .quiet{font-weight:400}
.answers .fact{font-size:.8125rem;line-height:1.45;color:var(--quiet)}
.alerts{list-style:none;margin:.6rem 0;padding:0;max-width:52rem}
.alerts li{margin:.7rem 0;overflow-wrap:anywhere}
.empty{margin:2.5rem 0;padding:1.6rem;background:var(--panel);border-radius:.4rem}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;background:var(--panel);
padding:.08em .35em;border-radius:.25em;overflow-wrap:anywhere}
.more{margin-top:1.6rem}
.foot{margin-top:3.2rem;border-top:1px solid var(--rule);padding-top:.7rem;font-size:.8125rem;color:var(--quiet)}
.foot p{max-width:none;overflow-wrap:anywhere}
"""

PLOTS = """
figure{margin:0}
svg{display:block;width:100%;overflow:visible}
svg text{font-size:11px;fill:var(--quiet)}
svg text.now{fill:var(--now);font-weight:600;font-size:12px}
svg text.halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.fill{fill:var(--fill)}
.hit{fill:transparent}
.hit:hover{fill:var(--ink);fill-opacity:.07}
line{stroke:var(--reference);stroke-width:1.25}
line.now{stroke:var(--now);stroke-width:2;stroke-linecap:round}
line.thin{stroke-width:1.25}
line.band{stroke:var(--fill);stroke-width:7}
line.rule{stroke:var(--rule);stroke-width:1}
line.tick{stroke:var(--reference);stroke-width:2.5}
line.bound{stroke:var(--odd);stroke-width:1.5;stroke-dasharray:3 3}
line.reach{stroke:var(--now);stroke-width:3.5;stroke-opacity:.42;stroke-linecap:round}
line.reach.odd{stroke:var(--odd)}
circle.now,rect.now{fill:var(--now);stroke:var(--paper);stroke-width:1.5}
rect.odd{fill:var(--odd);stroke:var(--paper);stroke-width:1.5}
rect.bar{fill:var(--now);stroke:none}
rect.bar.odd{fill:var(--odd);stroke:none}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;align-items:center;margin:.5rem 0 .8rem;padding:0;list-style:none;
font-size:.8125rem;line-height:1.4;color:var(--quiet)}
.key li{display:flex;align-items:center;gap:.45rem}
figure+.key{margin-top:2rem}
.key svg{width:1.6rem;flex:none}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr));gap:2.2rem 2.4rem}
.grid.apart{margin-top:2.2rem}
.grid:empty,.pair:empty{display:none}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:2rem 2.8rem;margin-top:1.8rem}
figure header{display:flex;justify-content:space-between;align-items:baseline;gap:.6rem;
border-top:1px solid var(--rule);padding-top:.5rem;margin-bottom:.55rem}
figure header>span{font-size:.8125rem;white-space:nowrap}
.column figcaption{margin-top:.5rem;overflow-wrap:anywhere}
.bars{list-style:none;margin:0;padding:0;font-size:.8125rem;line-height:1.25}
.bars li{display:grid;grid-template-columns:minmax(0,7rem) minmax(0,1fr) 3.6rem;gap:0 .6rem;align-items:center;
min-height:1.25rem}
.bars.long li{grid-template-columns:minmax(0,13rem) minmax(0,1fr) 3.6rem}
.bars .label{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--quiet)}
.bars .value{text-align:right;white-space:nowrap}
.bars .over{grid-column:1/-1;color:var(--quiet);display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .8rem}
.strips li{grid-template-columns:minmax(0,38%) minmax(0,1fr) 4.8rem;padding:.15rem 0}
.strips .over{justify-content:flex-end;font-size:.75rem}
.reaches{display:block;color:var(--quiet);font-size:.75rem}
.ledger li{grid-template-columns:minmax(0,1fr) 3.6rem;padding:.25rem 0}
.trend{margin:1.6rem 0 .3rem}
.trend svg[role]{margin:0 5.6rem 0 1.6rem;width:calc(100% - 7.2rem)}
.trend figcaption{margin-top:.5rem}
.dots{margin:.2rem 0 .5rem}
.dot{display:grid;grid-template-columns:minmax(0,12rem) 4rem minmax(0,1fr) 4.8rem;gap:0 .9rem;align-items:center}
.dot.axis{margin-top:1.1rem}
.dot.axis svg{grid-column:3}
.dot .name{overflow-wrap:anywhere}
.dot .size{color:var(--quiet);font-size:.8125rem;text-align:right;white-space:nowrap}
.dot .value{text-align:right;white-space:nowrap}
.dot .why{grid-column:3/-1;color:var(--quiet);font-size:.875rem;line-height:26px}
.slice{font-size:.9rem}
.slice summary{list-style:none;cursor:pointer}
.slice summary::-webkit-details-marker{display:none}
.slice .name{display:block;padding-left:1rem}
.slice summary .name::before{content:"+";float:left;margin-left:-1rem;color:var(--quiet)}
.slice[open] .name::before{content:"−"}
.slice summary:hover .name{text-decoration:underline;text-underline-offset:.18em}
.family{margin-top:1.5rem}
.more-numbers{margin:.3rem 0 1.4rem .8rem;padding:.2rem 0 .4rem 1.1rem;border-left:2px solid var(--rule)}
"""

TABLES = """
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4;margin-top:.5rem}
th{font-weight:400;font-size:.8125rem;color:var(--quiet);text-align:left;vertical-align:bottom;
padding:.3rem .9rem .35rem 0;border-bottom:1px solid var(--rule)}
td,tbody th{padding:.42rem .9rem .42rem 0;border-bottom:1px solid var(--rule);vertical-align:baseline}
tbody th{font-size:inherit;color:inherit}
.n{text-align:right;white-space:nowrap}
thead .n{white-space:normal}
td.zero{color:var(--quiet)}
td.strip{width:24%;min-width:8rem;padding-right:0;vertical-align:middle}
th.strip{padding-right:0}
.dense{margin-top:2rem}
.dense table{font-size:.8125rem}
.dense th{font-size:.75rem}
.dense tbody th{font-size:.875rem}
.dense td,.dense th{padding-right:.7rem}
.dense td.strip{width:11%;min-width:4rem;padding-right:.7rem}
"""

PHONE = """
@media (max-width:60rem){.window time{white-space:normal}td.strip{min-width:5rem}td,th{padding-right:.6rem}}
@media (max-width:52rem){
thead{position:absolute;left:-100rem}
tbody tr{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:.7rem 0;border-bottom:1px solid var(--rule)}
td,tbody th{display:block;border:0;padding:.05rem 0}
tbody th{flex-basis:100%;font-weight:600}
td.full,td.strip,.dense td.strip{flex-basis:100%;width:auto;min-width:0}
td.strip:empty,td.full:empty{display:none}
td[data-label]::before{content:attr(data-label);margin-right:.4rem;color:var(--quiet);font-size:.8125rem;font-weight:400;white-space:nowrap}
td[data-label=""]::before{content:none}
td.zero[data-label]{display:none}
td.n{text-align:left}
.dot{grid-template-columns:minmax(0,1fr) auto auto}
.dot svg,.dot .why{grid-column:1/-1;grid-row:2}
.dot .value{min-width:4rem}
.slice{padding:.2rem 0}
.dot.axis svg{grid-column:1/-1}
.trend svg[role]{margin-right:4.9rem;width:calc(100% - 6.5rem)}
.more-numbers{margin-left:0;padding-left:.8rem}
}
@media print{.page{max-width:none}.column,tr{break-inside:avoid}}
"""

RULES = PAGE + PLOTS + TABLES + PHONE
