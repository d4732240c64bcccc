import { PARTICLES } from './captions.ts'
import { isOutlet, isPersonName } from './names.ts'
import { isNoName } from './not-names.ts'
import { fold } from './plain.ts'
import { sectionNames } from './section-names.ts'

/** Kinds of a job, which are in front of it: "Senior Political". */
const KINDS =
  'Staff|Senior|Junior|Chief|Lead|Special|Deputy|Assistant|Associate|Contributing|Managing|Executive|Political|Business|Sports?|Foreign|National|International|News|Science|Health|Education|Environment|Technology|Culture|Arts|City|Local|Crime|Features?|Freelance|Investigative|Data|General'
// Elements beside each other may leave no space between: "LindStaff Writer".
const ROLE_AT_END = new RegExp(
  `^(\\p{Lu}[\\p{L}\\p{M}'’.-]*(?:\\s\\p{L}[\\p{L}\\p{M}'’.-]*?){1,2}?)(?:\\s|(?<=\\p{Ll}))((?:(?:${KINDS})\\s){0,3}(?:Reporter|Editor|Correspondent|Writer|Columnist|Contributor|Producer|Journalist|Analyst))$`,
  'u'
)

/** What jobs are about, where they are, and whose they are: words that belong to the role or the outlet behind a name. */
const NOT_IN_NAME = new Set([
  ...KINDS.toLowerCase()
    .split('|')
    .flatMap((kind) => (kind.endsWith('?') ? [kind.slice(0, -2), kind.slice(0, -1)] : [kind])),
  ...[...sectionNames].flatMap((name) => name.split(' ')),
  ...`
    our my your their his her its the a an and of for in at by from to special guest former acting interim
    home house affairs policy politics government democracy parliament parliamentary diplomatic defence defense security
    military war legal law court courts justice police public policing investigations investigation breaking live digital
    online web multimedia video audio photo picture pictures social care media community communities society religion faith
    family women money finance financial economic economics economics personal consumer rights industry industrial labour labor
    employment work workplace transport traffic aviation rail shipping maritime housing planning rural farming agriculture food
    wine restaurant fashion style beauty film movie movies theatre theater music opera dance books book literary poetry art
    design architecture television tv radio gaming games tech ai cyber space nature wildlife weather energy oil gas mining
    medical medicine mental disability race equality immigration migration refugee royal racing rugby golf tennis hockey
    baseball basketball soccer athletics olympics university universities school schools youth children history heritage
    ideas opinion letters obituaries obituary projects project enterprise graphics visual visuals research standards opinions
    audience engagement production copy night day weekend sunday saturday monday tuesday wednesday thursday friday morning
    evening daily weekly
    bbc cnn itv npr cbc abc nbc cbs msnbc pbs sky fox news press agency agencies post times media magazine tribune herald
    journal gazette guardian telegraph independent observer mirror mail express star sun globe standard chronicle echo
    courier argus examiner inquirer bulletin dispatch advertiser record register review mercury sentinel world today network
    desk newsroom associated reuters bloomberg wire service broadcasting
    new old north south east west northern southern eastern western central middle upper lower great greater united states
    kingdom republic nations american british european african asian arab irish scottish welsh french german russian chinese
    indian america britain england scotland wales ireland france germany russia china india japan israel gaza palestine iran
    iraq syria ukraine turkey egypt lebanon pakistan brazil mexico canada australia zealand korea arabia saudi sri lanka
    africa asia europe gulf pacific atlantic caribbean balkans nordic baltic latin
    london westminster washington york paris berlin brussels moscow beijing shanghai tokyo delhi mumbai cairo beirut jerusalem
    dubai doha riyadh nairobi sydney melbourne toronto los angeles san francisco chicago boston hong kong abu dhabi white
    capitol hill las el cape town de janeiro
    county town village island islands coast coastal valley harbour harbor port river lake borough district region regional
    state bay beach park
  `
    .split(/\s+/u)
    .filter(Boolean)
])

/** What follows a person's name of two or three words in one piece: "Ines Lind Staff Writer". In doubt null. */
export function nameBeforeRole(part: string): { name: string; role: string } | null {
  const [, name = '', role = ''] = ROLE_AT_END.exec(part) ?? []
  const words = name.split(' ')
  if (role === '' || !isPersonName(name) || isOutlet(name) || isNoName(name)) return null
  if (words.some((word) => NOT_IN_NAME.has(fold(word)) || /['’]s?$/u.test(word))) return null
  // A third word may be what the role is about, unless the middle one is of a name or the role is whole without it.
  const middle = words[1] ?? ''
  const isWhole =
    words.length === 2 ||
    /^\p{Lu}\.?$/u.test(middle) ||
    PARTICLES.has(fold(middle)) ||
    /^(?:Staff|Senior)\s/u.test(role)
  return isWhole || /^(?:dr|prof|sir|dame)\.?$/iu.test(words[0] ?? '') ? { name, role } : null
}

/** Nothing but what jobs are about: "Health", "Social Care". */
export function isOfBeat(text: string): boolean {
  return text.split(/\s+/u).every((word) => NOT_IN_NAME.has(fold(word)))
}
