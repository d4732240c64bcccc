import { describe, expect, it } from 'vitest'
import { readByline } from '../../../src/shared/intake/bylines.ts'

describe('lines that begin as a byline does and name nobody', () => {
  it.each([
    'By Christmas',
    'By Christmas Eve',
    'By Noon Friday',
    'By Late August',
    'By May 2027',
    'By 2030',
    'By Dawn',
    'By Land, Sea and Air',
    'By Royal Appointment',
    'By Invitation Only',
    'By Any Measure',
    'By A Whisker',
    'By May Day',
    'By Dawn Friday',
    'Por Domingo',
    'Por Domingo de Ramos',
    'Por Santa Cruz',
    'Von Sonntag bis Montag',
    'By Ellery Council’s Reckoning',
    "By Ida Brandt's Account",
    'Written by Hand',
    'Story by Numbers',
    'Von Seiten der Stadt',
    'Von Beruf Fischer',
    'Por Navidad',
    'Por Semana Santa',
    'Por Primera Vez',
    'Por Carretera',
    'Par Avion',
    'Par Hasard',
    'Par Ailleurs, Ellery',
    'Par la Route',
    'Par Temps de Pluie',
    'كتب الوزير رسالة إلى المجلس',
    'كتب في المفكرة',
    'تقرير الأمم المتحدة',
    'إعداد الطعام في رمضان'
  ])('%s', (line) => {
    expect(readByline(line)).toBeNull()
  })

  it.each([
    ['By April Summers', ['April Summers']],
    ['By June Carter and May Lind', ['June Carter', 'May Lind']],
    ['By Dawn Brandt', ['Dawn Brandt']],
    ['By A. J. Liebling', ['A. J. Liebling']],
    ['By A.G. Sulzberger', ['A.G. Sulzberger']],
    ['By A J Liebling and A. Brandt', ['A J Liebling', 'A. Brandt']],
    ['By Santa Montefiore', ['Santa Montefiore']],
    ['By San Lind', ['San Lind']],
    ['By August Winter', ['August Winter']],
    ['By Tuesday Weld', ['Tuesday Weld']],
    ['By Ramadan Shalah', ['Ramadan Shalah']],
    ['By Mar Abril', ['Mar Abril']],
    ['By Fischer', ['Fischer']],
    ['Por Domingo Pérez', ['Domingo Pérez']],
    ['Por Abril Navarro', ['Abril Navarro']],
    ['Por June Carter', ['June Carter']],
    ['Von August Sommer', ['August Sommer']],
    ['Von Any Brandt', ['Any Brandt']],
    ['By Ida', ['Ida']],
    ['By Ida Brandt, for The Mole Gazette', ['Ida Brandt']],
    ['By the Editorial Board', ['the Editorial Board']],
    ['Por Jesús Navarro', ['Jesús Navarro']],
    ['Par Noël Dubois', ['Noël Dubois']],
    ['Par Marie Dubois, à Beyrouth', ['Marie Dubois']],
    ['Von Jonas von der Heide', ['Jonas von der Heide']],
    ['كتب عمر سعيد', ['عمر سعيد']],
    ['تقرير: أحمد الخطيب', ['أحمد الخطيب']]
  ])('a name made of such words is a name: %s', (line, names) => {
    expect(readByline(line)?.authors.map(({ name }) => name)).toEqual(names)
  })
})
