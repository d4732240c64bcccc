import { fitUtf8, hasWords, type PictureWords } from '../picture-words.ts'

/** Most bytes of a packet: what one JPEG segment holds beside its name (XMP specification, part 3, 1.1.3). */
const MOST_BYTES = 65_000

/**
 * The desk's words as one XMP packet (ISO 16684-1), in the properties of the IPTC Photo Metadata Standard; null when
 * there are none. The same words give the same bytes. Words that do not fit into one JPEG segment are shortened, the
 * longest first.
 */
export function xmpPacket(words: PictureWords): Buffer | null {
  if (!hasWords(words)) return null
  let fitted = words
  let packet = write(fitted)
  while (packet.length > MOST_BYTES) {
    const longest = (Object.keys(fitted) as (keyof PictureWords)[]).reduce((a, b) =>
      fitted[b].length > fitted[a].length ? b : a
    )
    const less = fitUtf8(fitted[longest], Math.floor(Buffer.byteLength(fitted[longest]) * 0.9))
    fitted = { ...fitted, [longest]: less }
    packet = write(fitted)
  }
  return packet
}

function write({ caption, credit, copyright, alt }: PictureWords): Buffer {
  const properties = [
    inLanguages('dc:description', caption),
    credit && `<photoshop:Credit>${escape(credit)}</photoshop:Credit>`,
    inLanguages('dc:rights', copyright),
    inLanguages('Iptc4xmpCore:AltTextAccessibility', alt)
  ].filter(Boolean)
  return Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>` +
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
      `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ` +
      `xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">${properties.join('')}</rdf:Description>` +
      `</rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
  )
}

function inLanguages(name: string, text: string): string {
  return text && `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escape(text)}</rdf:li></rdf:Alt></${name}>`
}

/** A carriage return would come back as a line feed if it were not written as a reference. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}
