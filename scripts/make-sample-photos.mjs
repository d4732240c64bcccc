// Draws the sample photographs: scenes of our own, so that the product ships pictures nobody else owns.
// Run with `npx node scripts/make-sample-photos.mjs` after changing a scene; the results are committed.
import { mkdir } from 'node:fs/promises'
import sharp from 'sharp'

const out = new URL('../resources/samples/', import.meta.url).pathname
await mkdir(out, { recursive: true })

const noise = (width, height, opacity) => ({
  create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 22 } },
  opacity
})

const xmp = ({ caption, credit, creator, alt, headline }) => `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:Credit="${credit}" photoshop:Headline="${headline}">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${caption}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>${creator}</rdf:li></rdf:Seq></dc:creator>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">${alt}</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

function bridge() {
  const cables = []
  for (const tower of [560, 1360]) {
    for (let i = 1; i <= 16; i++) {
      for (const side of [-1, 1])
        cables.push(
          `<line x1="${tower}" y1="${250 + i * 6}" x2="${tower + side * i * 25}" y2="640" stroke="#14202c" stroke-opacity=".75" stroke-width="2"/>`
        )
    }
  }
  const lamps = Array.from(
    { length: 25 },
    (
      _,
      i
    ) => `<circle cx="${40 + i * 78}" cy="622" r="3.4" fill="#ffe2a8"/><circle cx="${40 + i * 78}" cy="622" r="12" fill="#ffcf7d" opacity=".25"/>
    <rect x="${36 + i * 78}" y="${700}" width="8" height="${110 + ((i * 37) % 90)}" fill="#ffcf7d" opacity=".13"/>`
  ).join('')
  const hills =
    '<path d="M0 660 C 240 560 420 620 640 590 S 1080 520 1300 580 S 1700 540 1920 610 V 700 H 0Z" fill="#37455a"/><path d="M0 680 C 300 620 560 660 860 640 S 1500 610 1920 660 V 710 H 0Z" fill="#27333f"/>'
  const waves = Array.from(
    { length: 60 },
    (_, i) =>
      `<path d="M${(i * 211) % 1900} ${720 + ((i * 53) % 340)} q 40 ${-4 - (i % 4)} 90 0" stroke="#f0b98a" stroke-opacity="${0.08 + (i % 5) * 0.03}" stroke-width="${1 + (i % 3)}" fill="none"/>`
  ).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080" width="1920" height="1080">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#23344f"/><stop offset=".5" stop-color="#a4657a"/><stop offset=".82" stop-color="#f0a26b"/><stop offset="1" stop-color="#f8cf94"/></linearGradient>
    <linearGradient id="sea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#b06d61"/><stop offset=".35" stop-color="#4b4a5e"/><stop offset="1" stop-color="#161f2b"/></linearGradient>
    <radialGradient id="sun"><stop offset="0" stop-color="#fff3cf"/><stop offset=".3" stop-color="#ffd58d" stop-opacity=".8"/><stop offset="1" stop-color="#ffb36b" stop-opacity="0"/></radialGradient></defs>
    <rect width="1920" height="700" fill="url(#sky)"/><circle cx="960" cy="560" r="330" fill="url(#sun)"/>${hills}
    <rect y="690" width="1920" height="390" fill="url(#sea)"/>${waves}
    <path d="M0 640 H1920 V662 H0Z" fill="#141d28"/>
    <path d="M548 240 h24 v470 h-24z M1348 240 h24 v470 h-24z" fill="#101822"/><path d="M530 700 h60 v50 h-60z M1330 700 h60 v50 h-60z" fill="#0c131b"/>
    ${cables.join('')}${lamps}
    <path d="M1010 742 q60 26 150 0 l-14 26 h-120z" fill="#0b1118"/><path d="M1070 742 v-62 l34 52z" fill="#d8c3ab" opacity=".85"/></svg>`
}

function council() {
  const seats = []
  for (let row = 0; row < 4; row++) {
    const y = 560 + row * 110
    for (let i = 0; i < 9 + row; i++) {
      const x = 960 + (i - (8 + row) / 2) * (150 + row * 12)
      const tone = ['#2b3440', '#3a2f2f', '#38424f', '#463a33', '#2d3a36'][(i * 3 + row) % 5]
      const skin = ['#c99b7a', '#8f6448', '#e0b594', '#6f4a35'][(i + row * 2) % 4]
      seats.push(
        `<ellipse cx="${x}" cy="${y + 78}" rx="56" ry="66" fill="${tone}"/><circle cx="${x}" cy="${y}" r="27" fill="${skin}"/><path d="M${x - 27} ${y - 6} a27 27 0 0 1 54 0 q-27 -18 -54 0z" fill="#221b17"/>`
      )
      if ((i + row) % 4 === 0)
        seats.push(
          `<path d="M${x + 40} ${y + 60} L${x + 62} ${y - 40} l14 4 L${x + 62} ${y + 70}z" fill="${tone}"/><circle cx="${x + 70}" cy="${y - 48}" r="13" fill="${skin}"/>`
        )
    }
    seats.push(
      `<rect x="${120 - row * 40}" y="${y + 96}" width="${1680 + row * 80}" height="20" fill="#6d4a2c"/><rect x="${120 - row * 40}" y="${y + 116}" width="${1680 + row * 80}" height="10" fill="#3f2a18"/>`
    )
  }
  const windows = [260, 620, 980, 1340, 1700]
    .map(
      (x) =>
        `<path d="M${x - 90} 430 V170 a90 90 0 0 1 180 0 V430z" fill="#e9eef0"/><path d="M${x} 80 V430 M${x - 90} 250 h180 M${x - 90} 340 h180" stroke="#8f7a5e" stroke-width="8"/>`
    )
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080" width="1920" height="1080"><defs><linearGradient id="w" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#c7b390"/><stop offset="1" stop-color="#8c7350"/></linearGradient>
    <radialGradient id="v" cx=".5" cy=".45" r=".8"><stop offset=".5" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".55"/></radialGradient></defs>
    <rect width="1920" height="1080" fill="url(#w)"/>${windows}<rect y="470" width="1920" height="610" fill="#53391f"/>${seats.join('')}<rect width="1920" height="1080" fill="url(#v)"/></svg>`
}

async function photograph(name, svg, metadata) {
  const scene = await sharp(Buffer.from(svg)).blur(1.1).toBuffer()
  const grain = noise(1920, 1080)
  const layer = await sharp({ create: grain.create }).png().toBuffer()
  await sharp(scene)
    .composite([{ input: layer, blend: 'soft-light' }])
    .modulate({ saturation: 0.92 })
    .withXmp(xmp(metadata))
    .jpeg({ quality: 84, mozjpeg: true })
    .toFile(`${out}${name}`)
}

await photograph('harbour-bridge.jpg', bridge(), {
  caption:
    'The harbour bridge at dusk on Monday, the evening before the vote. Engineers found cracks in eleven of its forty-two cable anchors.',
  credit: 'Galley Pictures',
  creator: 'Noor Salim',
  headline: 'Harbour bridge',
  alt: 'A two-towered cable bridge across a harbour at sunset, with a small boat passing under it.'
})
await photograph('council-chamber.jpg', council(), {
  caption: 'Councillors vote by show of hands in the old chamber on Tuesday.',
  credit: 'Galley Pictures',
  creator: 'Noor Salim',
  headline: 'Council chamber',
  alt: 'Rows of councillors at wooden benches, several with a hand raised, under tall arched windows.'
})
