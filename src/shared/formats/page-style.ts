/** The stylesheet of exported pages: no fonts, pictures or imports from anywhere; light, dark, right to left, print. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fffefb;--ink:#1b1a17;--soft:#625e56;--line:#e2ddd2;--accent:#a3271d;--wash:#f5f1e8;--serif:"Newsreader","Iowan Old Style","Palatino Linotype",Palatino,Georgia,"Noto Naskh Arabic","Noto Serif",serif;--sans:"Inter",system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",Arial,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#161513;--ink:#ece8df;--soft:#a59f93;--line:#34312b;--accent:#f0857a;--wash:#201e1a}}
*{box-sizing:border-box}
html{font-size:112.5%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.62 var(--serif);overflow-wrap:break-word;text-rendering:optimizeLegibility}
a{color:inherit;text-decoration-color:var(--accent);text-decoration-thickness:.08em;text-underline-offset:.18em}
a:hover{color:var(--accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
.masthead,main,.rail,.channels{width:min(100% - 2.5rem,42rem);margin-inline:auto}
.masthead{padding-block:1.1rem;border-block-end:1px solid var(--line);font:600 .95rem/1.3 var(--sans);letter-spacing:.01em}
.masthead a{text-decoration:none}
article{padding-block:2.4rem 1rem}
.labels{margin:0 0 .7rem;display:flex;flex-wrap:wrap;gap:.2rem .8rem;font:600 .78rem/1.4 var(--sans);letter-spacing:.06em;text-transform:uppercase}
.kicker{color:var(--accent)}
.section{color:var(--soft)}
h1{margin:0;font-size:clamp(1.9rem,1.2rem + 3.2vw,2.9rem);line-height:1.12;font-weight:600;letter-spacing:-.015em;text-wrap:balance}
.standfirst{margin:.9rem 0 0;font-size:1.22rem;line-height:1.45;color:var(--soft);text-wrap:pretty}
.byline,.times{font:.85rem/1.55 var(--sans)}
.byline{margin:1.5rem 0 0;font-weight:600}
.byline span+span::before,.times span+span::before{content:"\\00b7";margin-inline:.5em;color:var(--soft);font-weight:400}
.byline .dateline,.byline .source{font-weight:400;color:var(--soft)}
.times{margin:.15rem 0 0;color:var(--soft);font-variant-numeric:tabular-nums}
.times b{font-weight:600}
.times time,.corrections time{unicode-bidi:isolate}
.mark,.embargo,.planned{margin:0 0 1.4rem;padding:.6rem .9rem;border:2px solid var(--accent);border-radius:4px;font:600 .85rem/1.5 var(--sans)}
.planned{border-color:var(--line)}
figure{margin:2rem 0}
article>header+.body{margin-block-start:1.6rem;padding-block-start:1.5rem;border-block-start:1px solid var(--line)}
img{display:block;max-width:100%;height:auto;border-radius:3px;background:var(--wash)}
figcaption{margin-block-start:.55rem;font:.82rem/1.5 var(--sans);color:var(--soft)}
.credit{white-space:nowrap}
.caption+.credit::before{content:"\\2014\\00a0"}
.body>p{margin:0 0 1.15em;text-wrap:pretty}
.body h2,.body h3,.body h4{margin:2em 0 .55em;line-height:1.25;font-weight:600}
.body h2{font-size:1.45rem}
.body h3{font-size:1.2rem}
.body h4{font-size:1rem}
.body ul,.body ol{margin:0 0 1.15em;padding-inline-start:1.5em}
.body li{margin-block:.3em}
.body li>ul,.body li>ol{margin:.3em 0}
blockquote{margin:1.8rem 0;padding-inline-start:1.2rem;border-inline-start:3px solid var(--accent);font-size:1.12rem;font-style:italic}
:lang(ar) blockquote,:lang(ar) em,:lang(fa) blockquote,:lang(ur) blockquote{font-style:normal}
:lang(ar) h1,:lang(fa) h1,:lang(ur) h1{letter-spacing:0;line-height:1.35}
:lang(ar) .labels,:lang(fa) .labels,:lang(ur) .labels{letter-spacing:0}
blockquote p{margin:0}
.body hr{margin:2.4rem auto;inline-size:40%;border:0;border-block-start:1px solid var(--line)}
.pull-quote{padding-block:1.1rem;border-block:2px solid var(--accent);text-align:center}
.pull-quote blockquote{margin:0;padding:0;border:0;font-size:1.4rem;line-height:1.35;text-wrap:balance}
.quote blockquote{margin:0}
.quote figcaption{padding-inline-start:1.2rem;border-inline-start:3px solid var(--accent)}
.quote figcaption::before{content:"\\2014\\00a0"}
.body table{inline-size:100%;margin:1.8rem 0;border-collapse:collapse;font:.9rem/1.45 var(--sans)}
.body th,.body td{padding:.4rem .6rem;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}
sub,sup{line-height:0}
code{font-size:.9em;padding:.1em .3em;border-radius:3px;background:var(--wash)}
[data-galley-type]{padding:.8rem 1rem;background:var(--wash);border-radius:4px}
.corrections,.related,.rail,.channels{margin-block:2.4rem;padding-block-start:1.2rem;border-block-start:1px solid var(--line);font:.9rem/1.5 var(--sans)}
.corrections h2,.related h2,.rail h2,.channels h2{margin:0 0 .6rem;font:600 .78rem/1.4 var(--sans);letter-spacing:.06em;text-transform:uppercase;color:var(--soft)}
.corrections ul,.related ul,.rail ul,.channels ul{margin:0;padding:0;list-style:none}
.corrections li,.related li,.rail li{padding-block:.45rem}
.rail li+li,.related li+li{border-block-start:1px solid var(--line)}
.channels ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#000;--wash:#fff}html{font-size:11pt}.masthead,main{width:auto}.rail,.channels{display:none}figure,blockquote{break-inside:avoid}h1,h2,h3,h4{break-after:avoid}.body a::after{content:" (" attr(href) ")";font-size:.8em}}
`

/**
 * SHA-256 of PAGE_STYLE, in base64: with it the page's own policy lets in this stylesheet and no other. A test holds
 * the two together.
 */
export const PAGE_STYLE_SHA256 = 'BWbvo4n9eeIxReiDe9Neh1LZpJGWTFllSu9r54Uycfc='
