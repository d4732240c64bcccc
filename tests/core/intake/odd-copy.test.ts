import { describe, expect, it } from 'vitest'
import { review } from './support.ts'

/** Real copy of shapes that few stories have. Every line is copy. */
const pieces: Readonly<Record<string, string>> = {
  'a poem': `The lamp

The lamp is lit,
the boats are in;
the bar is white,
the wind is thin.

O keeper, climb,
O keeper, see:
who counts the boats
is counting thee;

end of the mole,
end of the sea`,
  'a recipe': `Keeper’s fish soup

Serves 4
Takes 40 minutes

2 onions
500 g white fish
1,5 l of stock
1/2 lemon
salt, pepper

1. Chop the onions and fry them until they are soft.
2. Add the stock; simmer for 20 minutes.
3. Add the fish. Serve with lemon.

Tip: more lemon helps.`,
  'questions and answers': `“I count the boats, that is all”

The Gazette spoke to Ines Mora, who keeps the lamp on the mole of Ellery.

Q: Who paid for the oil?
A: Nobody has asked me that.

Q: And if somebody did?
A: Then I would say: the harbour.

Q: Are you afraid up there?
A: No.

Q: Never?
A: Only of the stairs.`,
  'a match report': `Ellery 3–2 Haddad Bay

Ellery came from two goals down on Saturday to beat Haddad Bay in the rain at the Mole Ground.

Scorers
Ellery: Brandt 41, Said 77 (pen), Lind 90+3
Haddad Bay: Mora 3, 12

Ellery (4-4-2): Haas; Lind, Roy (Marr 60), Boe, Day; Said, Brandt, Kane, Foss; Ash, Poe.
Subs: Marr, Wynn.
Referee: O. Winter.
Attendance: 2,104.`,
  'a market list': `Fish market on Friday

Prices per kilo at the close, Ellery.

Cod 8,40 (+0,20)
Herring 3,10 (-0,05)
Hake 9,80 (0)
Mackerel 4,25 (+0,75)

FTSE 100 7,421.30 +0.4%
DAX 15,980.10 -0.2%
Brent $82.14
Gold $1,934/oz`,
  'a timetable': `Ferries until Easter

Ellery – Haddad Bay
06:15
07:45
09:30 (not on Sundays)
12:00
18:20

Haddad Bay – Ellery
07:00
08:30
10:15
13:00
19:05

Dogs travel free.`,
  'a list of deaths': `Deaths

BRANDT, Ida, aged 91, of Mole Street. Service on Friday at 11 am, St Anne’s.

LIND, Jonas (1944–2026), pilot. No flowers.

MORA, Ines, née Haas, peacefully at home. Beloved mother of Omar and Nora.

SAID, Omar, suddenly. Donations to the lifeboat.`,
  'a menu': `Lunch at the Old Quay

Starters
Fish soup 6.50
Beetroot, goat’s cheese 7

Mains
Hake, lemon, potatoes 14
Lamp-keeper’s pie (v) 11.50

Sweets
Rice pudding 5
Cheese 8

Two courses 18, three courses 22.`,
  'a diary of the hours': `Storm over Ellery: as it happened

06.10
The harbour master closes the bar to all boats.

06:42 Two trawlers are still out, the coastguard says.

07:15
BREAKING: one of them is in sight off the north pier.

07.55 am
“We saw the lamp and steered for it,” the skipper says.

08:20 GMT
Both are in. That is all from the mole.`,
  'a release with its head': `FROM: Harbour office of Ellery
TO: All desks
SUBJECT: Lamp is lit again
DATELINE: ELLERY

The lamp on the mole was lit again on Friday, the harbour office said.

Key facts:
- Built: 1911
- Height: 40 feet
- Range: 12 miles

Quote: “We are glad,” said the harbour master, Omar Said.`,
  'a column on programs': `Why your lamp says if (hour > 18)

Programs are letters to a fool. Take this one:

if (hour > 18) {
  lamp.on();
}

It reads as it is: after six, light the lamp. The trouble begins with “else”.

else lamp.off();

Now the lamp is out all day, and who wrote SELECT * FROM boats; has gone home.`,
  'numbers to call': `Whom to call in a storm

Coastguard: 01632 960 001
Harbour office: 01632 960 002
Lifeboat: +44 1632 960003
Hospital: 112
Police: 999
Lamp: ext. 7

storm@ellery.example
www.ellery.example/storm`,
  'a page of letters': `Letters

Sir – Your report on the lamp (August 14) left out my grandfather, who lit it for 40 years.
Ines Mora
Ellery

Sir, The oil was paid for by the town. I have the bill.
J. Haas, Haddad Bay

Am I alone in liking the dark?
Name withheld

Write to: The Editor, Mole Street 1, Ellery.`,
  'a crossword': `Crossword No 41

Across
1 Light for boats (4)
3 It lies off the harbour (3)
7 He climbs the stairs, we hear (6)
9 Fish of the north (3,4)

Down
1 Not on (4)
2 Where boats sleep (5)
4 See 7 across
5 Anag.: plam (4)

Solution to No 40: Across 1 mole 3 oil 7 bell. Down 1 mist 2 lens.`,
  'what is on television': `Tonight

BBC One
6.00pm News
6.30pm The Lamp (R)
7.00pm FILM: The Grand Hotel (2014) ****
9.00pm Panorama

Channel 4
6.00pm The Simpsons
6.30pm Hollyoaks
7.00pm News
8.00pm Grand Designs

Radio 4
12.00 Shipping Forecast`,
  'the weather': `Weather on Saturday

             Today   Tomorrow
Ellery       14 R    12 S
Haddad Bay   15 C    13 C
North Mole   11 F     9 F

S = sun
R = rain
C = cloud
F = fog

Sun rises 6.41, sets 19.58
High water 11.20 (4.1 m), 23.45 (3.9 m)`,
  'an election': `Harbour council: the result

Ward of the Mole
Ines Mora (Lab) 1,204
Omar Said (Con) 987
Nora Lind (Green) 411
J. Haas (Ind) 12
Majority: 217
Turnout: 61.2%

Ward of the Bar
No vote: Ida Brandt (Lib) was the only one to stand.

Lab hold
Swing: 2.1% Con to Lab`,
  'a legal notice': `Bekanntmachung der Stadt Ellery

Gemäß § 12 Abs. 3 Satz 1 BauGB wird hiermit bekannt gemacht:

§ 1 Geltungsbereich
(1) Diese Satzung gilt für das Gebiet der Mole.
(2) Ausgenommen sind:
a) der Leuchtturm;
b) die Treppe.

§ 2 Inkrafttreten
Diese Satzung tritt am Tage nach ihrer Bekanntmachung in Kraft.

gez. Haas, Bürgermeister`,
  'what the papers say': `“The lamp is lit, and nobody knows who paid.” (Mole Gazette)

“A town that keeps its lamp keeps its boats.” – Ellery Post

«Das Licht brennt wieder.» (Haddad Zeitung)

„Wer zahlt?“ fragt die Mole-Zeitung.

“At last!” – Harbour Radio

“No.” – The Dark`,
  'a piece in Arabic': `المنارة تضيء من جديد في إيليري

أضاءت المنارة على الرصيف ليلة الجمعة بعد أحد عشر شهرا من الظلام، وقال الحارس إنه سعيد.

ماذا حدث؟

كتب الوزير رسالة إلى المجلس، ولم يرد أحد.

١. من دفع ثمن الزيت؟
٢. من يصعد الدرج؟

وقال رئيس الميناء: «لا أحد يعرف».`,
  'a piece in Russian': `Маяк снова горит

Маяк на молу Эллери снова загорелся в пятницу вечером, через одиннадцать месяцев темноты.

Кто заплатил?

— Никто меня об этом не спрашивал, — сказала смотрительница.
— А если спросят?
— Скажу: порт.

Цифры
Высота: 12 м
Дальность: 20 км
Год: 1911`,
  'a piece in Chinese': `灯塔重新亮起

埃勒里码头的灯塔周五晚上重新亮起，十一个月来没有一条船能看见沙洲。

谁付的钱？

守塔人说：“没有人问过我。”

一、高度：12米
二、射程：20公里
三、建于：1911年

港口主任表示，第二座灯塔将于春天动工。`,
  'a quiz': `Ten questions about the lamp

1. When was it built?
a) 1811
b) 1911
c) 2011

2. Who keeps it?
a) Ines Mora
b) Omar Said
c) nobody

3. True or false: it burns by day.

Answers
1b, 2a, 3 false`,
  'a chess column': `Chess

White: Mora (2104)
Black: Said (2087)

1 e4 e5 2 Nf3 Nc6 3 Bb5 a6 4 Ba4 Nf6 5 O-O Be7 6 Re1 b5 7 Bb3 d6 (a quiet line) 8 c3 O-O 9 h3.

Now Black must choose. He chose wrongly:

9 … Nb8? 10 d4! Nbd7 11 c4 c6 12 cxb5.

1–0`,
  'stars of the week': `Your stars

Aries (March 21 – April 19)
A lamp will be lit for you. Do not look into it.

Taurus (April 20 – May 20)
Stay off the mole on Friday.

Gemini (May 21 – June 20)
Two boats, one berth: choose.`,
  'a correction': `Corrections and clarifications

A report on Friday (“Lamp is lit again”, page 3) gave the height of the lamp as 40 metres; it is 40 feet.

The keeper is Ines Mora, not Inez Moro.

A graph on page 5 had its axes swapped (x should be hours; y, boats).`,
  'an exchange of messages': `[21:04] mayor: who is on the mole
[21:04] keeper: me
[21:05] mayor: is it lit?
[21:07] keeper: look out of your window :)
[21:30] mayor: ok`
}

const isFallen = ({ role, kept }: { role: string; kept: boolean }): boolean => role !== 'blank' && !kept

describe.each(Object.entries(pieces))('%s is taken whole', (_, text) => {
  it.each([
    ['as a file', text, 'piece.txt'],
    ['pasted', text, ''],
    ['with the line ends of Windows and a mark in front', `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`, 'piece.txt'],
    ['as Markdown', text, 'piece.md'],
    ['wrapped as printers wrap', text.replace(/(.{40,60}) /g, '$1\n'), 'piece.txt'],
    ['as a page', `<html><body><article>${pageOf(text)}</article></body></html>`, 'piece.html'],
    ['as a page of paragraphs', pageOf(text).replaceAll('<br>', '</p><p>'), '']
  ])('%s', (_how, given, name) => {
    const found = review(given, { name })
    expect(found.lines.filter(isFallen).map(({ role, text: line }) => `${role}: ${line}`)).toEqual([])
    const taken = new Set(wordsIn(JSON.stringify([found.fields, found.body])))
    // Markdown's own numbers of lists are marks.
    const words = wordsIn(name.endsWith('.md') ? text.replace(/^\d+\. /gm, '') : text)
    expect(words.filter((word) => !taken.has(word) && !LABELS.has(word))).toEqual([])
  })
})

/** They say what their line is, and the line is in its field. */
const LABELS = new Set(['FROM'])

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** The first line as the headline, paragraphs as paragraphs, their lines below each other. */
function pageOf(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const head = escaped.slice(0, escaped.indexOf('\n'))
  const blocks = escaped
    .slice(head.length)
    .trim()
    .split(/\n{2,}/)
  return `<h1>${head}</h1>\n${blocks.map((block) => `<p>${block.replaceAll('\n', '<br>\n')}</p>`).join('\n')}`
}
