import { describe, expect, it } from 'vitest'
import { review } from './support.ts'

const files: readonly [string, string][] = [
  [
    'a file of subtitles',
    '1\r\n00:00:01,000 --> 00:00:03,500\r\nThe lamp burns again.\r\n\r\n2\r\n00:00:04,000 --> 00:00:06,000\r\nSo it does.\r\n'
  ],
  ['a file of subtitles', 'WEBVTT\n\nNOTE of the desk\n\n00:01.000 --> 00:03.500 align:start\nThe lamp burns again.\n'],
  ['a file of subtitles', 'WEBVTT - The lamp\n\nfirst\n00:00:01.000 --> 00:00:03.500\n<v Keeper>It burns again.\n'],
  ['a file of subtitles', '0:00:01.000,0:00:03.500\nThe lamp burns again.\n\n0:00:04.000,0:00:06.000\nSo it does.\n'],
  [
    'a file of subtitles',
    '[Script Info]\nTitle: The lamp\nScriptType: v4.00+\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:03.50,Default,,0,0,0,,It burns.\n'
  ],
  ['a table (CSV or the like)', 'port,boats,berths\nEllery,41,60\nHaddad Bay,12,15\n'],
  [
    'a table (CSV or the like)',
    '"port","says"\r\n"Ellery","It burns, she said.\r\nAgain."\r\n"Haddad Bay","No ""lamp"" here"\r\n"North Mole",""\r\n"South Mole","dark"\r\n"Old Pier","dark"\r\n"New Pier","lit"\r\n"Bar","lit"\r\n"Yard","lit"\r\n"Quay","lit"\r\n"Dock","lit"\r\n'
  ],
  ['a table (CSV or the like)', 'sep=;\r\nHafen;Boote;Plätze\r\nEllery;41;60,5\r\nHaddad;12;15,0\r\n'],
  ['a table (CSV or the like)', 'port\tboats\tberths\nEllery\t41\t60\nHaddad Bay\t12\t15\n'],
  ['a table (CSV or the like)', 'day,metres\n2026-08-13,4.1\n2026-08-14,4.0\n2026-08-15,3.8\n'],
  ['a table (CSV or the like)', 'port|boats|berths\nEllery|41|60\nHaddad Bay|12|15\n'],
  ['a table (CSV or the like)', 'المرفأ,القوارب,المراسي\nبيروت,41,60\nصور,12,15\n'],
  [
    'a style sheet of a web page (CSS)',
    '/* The lamp */\nbody { margin: 0; color: #222 }\n.lamp:hover, a:not(.lit) { border: 1px solid red; }\n'
  ],
  [
    'a style sheet of a web page (CSS)',
    '@charset "utf-8";\n:root{--lit:#fff}\n@media (min-width:40em){.lamp{display:grid}}\n'
  ],
  [
    'the source code of a program',
    "import { lamp } from './lamp.js'\n\n// Lights it every night.\nexport function light(hour) {\n  if (hour > 18) {\n    lamp.on()\n  }\n}\n"
  ],
  [
    'the source code of a program',
    "'use strict'\n\nvar lamp = require('lamp')\n\nmodule.exports = { lit: true,\n  at: 18,\n  lamp }\n"
  ],
  [
    'the source code of a program',
    '"""Lights the lamp every night, as the keeper did before the harbour office took it over."""\nimport time\nfrom lamp import Lamp\n\n\ndef light(hour):\n    if hour > 18:\n        Lamp().on()\n'
  ],
  ['the source code of a program', '#!/bin/sh\nlamp --on\n'],
  ['the source code of a program', '#include <lamp.h>\n\nint main(void) {\n  lamp_on();\n  return 0;\n}\n'],
  [
    'the source code of a program',
    "CREATE TABLE lamp (\n  id INTEGER,\n  lit TEXT\n);\nINSERT INTO lamp VALUES (1, 'yes');\n"
  ],
  ['the source code of a program', '<?php\n$lamp = new Lamp();\necho $lamp->lit();\n'],
  ['the source code of a program', `!function(e,t){${'e[t]=function(n){return n(e)&&t};'.repeat(12)}}(window,"lamp");`],
  ['a file of data (JSON)', '[\n  { "port": "Ellery", "lit": true },\n  { "port": "Haddad Bay", "lit": false }\n]\n'],
  ['a file of data (JSON)', '{"port":"Ellery","lit":true}\n{"port":"Haddad Bay","lit":false}\n'],
  ['a file of data (JSON)', '{"port":"Ellery","lit":true,"keeper":"Ines Mora","boats":[{"name":"Star of the'],
  ['a file of settings', '[lamp]\nlit = yes\nhour = 18\n; the old hour\n'],
  ['a file of settings', 'lamp:\n  lit: true\n  hours:\n    - 18\n    - 19\n'],
  [
    'the log of a program',
    '2026-08-13 18:00:01,204 INFO lamp: lit\n2026-08-13 18:00:02,001 WARN lamp: wind\n    at the mole\n'
  ],
  [
    'the log of a program',
    '10.0.0.7 - - [13/Aug/2026:18:00:01 +0000] "GET /lamp HTTP/1.1" 200 41\n10.0.0.7 - - [13/Aug/2026:18:00:02 +0000] "GET / HTTP/1.1" 200 9\n'
  ],
  [
    'a list of changes to source code (diff)',
    'diff --git a/lamp b/lamp\nindex 1..2\n--- a/lamp\n+++ b/lamp\n@@ -1 +1 @@\n-off\n+on\n'
  ],
  [
    'a LaTeX document',
    '% The lamp\n\\documentclass{article}\n\\begin{document}\nThe lamp burns again.\n\\end{document}\n'
  ],
  ['a list of references', '@article{mora2026,\n  title = {The lamp},\n  year = 2026\n}\n'],
  ['a playlist', '#EXTM3U\n#EXTINF:120,The lamp\nlamp.mp3\n'],
  [
    'a calendar entry (iCalendar)',
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:The lamp is lit\r\nEND:VEVENT\r\n'
  ],
  ['an XML file (<gpx>)', '<gpx version="1.1"><trk><name>Along the mole to the lamp</name></trk></gpx>'],
  ['an XML file (<playlist>)', '<playlist xmlns="http://xspf.org/ns/0/"><title>The lamp on the mole</title></playlist>']
]

describe('files that programs write and read', () => {
  it.each(files)('%s is refused by its name, whatever it is called (%#)', (is, text) => {
    for (const name of ['lamp.txt', 'lamp.html', 'lamp'])
      for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le')])
        expect(() => review(bytes, { name }), name).toThrow(`That is ${is}, not a page of text.`)
  })

  it('a long one is told by its start', () => {
    const rows = Array.from({ length: 5000 }, (_, n) => `pier ${String(n)},${String(n * 3)},lit`).join('\n')
    expect(() => review(`name,metres,state\n${rows}`)).toThrow('That is a table')
    expect(() => review(`:root{${'--lit:#fff;'.repeat(4000)}}`)).toThrow('That is a style sheet')
  })

  it('whoever pastes a table or some lines of code has chosen them', () => {
    for (const [, text] of files.filter(([is]) => /table|source code of|style sheet/.test(is)))
      expect(() => review(text, { name: '' })).not.toThrow()
  })
})

const paragraph =
  'The lamp on the mole burned again on Friday night, after eleven months in which no boat could see the bar.'

describe('copy that looks like such a file at first is copy', () => {
  it.each([
    ['quotes a line of a table', `Lamp is lit again\n\nport,boats,berths\nEllery,41,60\n\n${paragraph}\n`],
    ['begins with a line of a table', `port,boats,berths\n\n${paragraph}\n`],
    [
      'is thousands and nothing else',
      'The yard has 1,200,000 bricks in it\nThe mole has 2,400,000 stones in it\nThe pier has 3,600,000 planks in it\n'
    ],
    ['is a poem', 'The lamp is lit,\nThe boats are in,\nThe bar is white,\nThe wind is thin;\n'],
    ['lists with commas', 'Ellery, north pier, 6 pm\nHaddad Bay, old quay, 7 pm\nSouth Mole, yard, 8 pm\n'],
    [
      'is a conversation in two columns',
      'KEEPER:\tIt burns again, as you see.\nMAYOR:\tWho paid for the oil this time?\nKEEPER:\tNobody has asked me that.\n'
    ],
    ['is set in by a tab', `\tThe lamp burns again\n\t${paragraph}\n\t${paragraph}\n`],
    [
      'has a table below its text',
      `Lamp is lit again\n\n${paragraph}\n\nport\tboats\nEllery\t41\nHaddad\t12\nMole\t7\nYard\t9\n`
    ],
    ['begins with a timecode', `00:00:01 The lamp burns.\n00:00:12 The keeper speaks.\n\n${paragraph}\n`],
    ['begins with a pair of timecodes', `00:00:01,000 to 00:00:12,000: the lamp burns\n\n${paragraph}\n`],
    ['quotes a subtitle', `Lamp is lit again\n\n1\n00:00:01,000 --> 00:00:03,500\nIt burns.\n\n${paragraph}\n`],
    ['speaks of a format', `WEBVTT is what the subtitles of the web begin with\n\n${paragraph}\n`],
    ['quotes a program', `How the lamp is lit\n\n${paragraph}\n\nif (hour > 18) {\n  lamp.on();\n}\n\n${paragraph}\n`],
    ['quotes a style sheet', `How the lamp looks\n\n${paragraph}\n\n.lamp { color: red }\n\n${paragraph}\n`],
    ['names its parts', `Headline: Lamp is lit again\nByline: Ines Mora\n\n${paragraph}\n`],
    ['begins with its facts', `---\ntitle: Lamp is lit again\nauthor: Ines Mora\n---\n\n${paragraph}\n`],
    [
      'is a log of the day',
      `12:05 The lamp is out.\n12:40 The keeper climbs up.\n13:10 It burns again.\n\n${paragraph}\n`
    ],
    ['begins in brackets', `[Photo: the lamp] It burns again\n\n${paragraph}\n`],
    ['begins in braces', `{The lamp burns again}\n\n${paragraph}\n`],
    [
      'begins with orders',
      `Import of oil stops\n\nFrom Monday no boat brings oil.\n\nReturn of the lamp (again)\n\n${paragraph}\n`
    ],
    ['speaks in questions of databases', `SELECT COMMITTEE MEETS\n\n${paragraph}\n`],
    [
      'is a page with many styles',
      `<html><head><style>${'.lamp{color:red}'.repeat(2000)}</style></head><body><h1>Lamp is lit again</h1><p>${paragraph}</p></body></html>`
    ],
    [
      'is a page with many scripts',
      `<html><head><script>${'if(lamp){lamp.on();}'.repeat(2000)}</script></head><body><h1>Lamp is lit again</h1><p>${paragraph}</p></body></html>`
    ],
    [
      'is a page below a line of its server',
      `saved by hand\n<html><head><style>\n${'.lamp { color: red }\n'.repeat(800)}</style></head><body><p>${paragraph}</p></body></html>`
    ],
    ['is headed by a sign', `#lamp is lit\n\n${paragraph}\n`]
  ])('%s', (_, text) => {
    expect(() => review(text)).not.toThrow()
  })
})
