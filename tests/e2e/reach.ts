import type { Page } from '@playwright/test'
import { expect, test } from './desk.ts'

/**
 * What of a dialog, or of the desk where none is open, cannot be scrolled into sight and pressed, and what is wider than
 * its place.
 */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS =
      'button, a[href], input, select, textarea, [role=tab], [role=option], [role=menuitem], [role=textbox]'
    const dialogs = document.querySelectorAll('[role=dialog], [role=alertdialog], [role=menu], [role=listbox].g-menu')
    const scope = [...dialogs].at(-1) ?? document.body
    const wrong: string[] = []
    const named = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.className} “${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''}”`
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('[inert], [aria-hidden=true], .g-toasts')
    for (const control of scope.querySelectorAll(CONTROLS)) {
      if (!isShown(control)) continue
      // What is pressed of a hidden box is its label.
      const box = control.getBoundingClientRect()
      const pressed = box.width < 4 || box.height < 4 ? control.closest('label') : control
      if (!pressed) continue
      pressed.scrollIntoView({ block: 'center', inline: 'nearest' })
      const { left, right, top, bottom } = pressed.getBoundingClientRect()
      if (left < -1 || right > innerWidth + 1) wrong.push(`beside the window: ${named(pressed)}`)
      const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2
      const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
      const hit = document.elementFromPoint(x, y)
      // A pane that lies over the page is put away by its own button.
      const pane = hit?.closest('.library, .inspector')
      if (pane && !pane.contains(pressed)) continue
      // A box that is drawn anew lies over its own, in the label of both.
      const label = pressed.closest('label') ?? pressed
      if (!hit || !(label.contains(hit) || hit.contains(pressed)))
        wrong.push(`under ${hit ? named(hit) : 'nothing'}: ${named(pressed)}`)
    }
    for (const element of [document.documentElement, scope, ...scope.querySelectorAll('*')]) {
      const { overflowX } = getComputedStyle(element)
      const scrolls = element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll'
      // A table is moved within its paragraph.
      if (
        scrolls &&
        isShown(element) &&
        element.scrollWidth > element.clientWidth + 1 &&
        !element.querySelector('table')
      )
        wrong.push(`wider than its place: ${named(element)} ${element.scrollWidth} > ${element.clientWidth}`)
    }
    return wrong
  })
}

/** Everything of the dialog, or the desk, is within reach; a picture of it is kept. */
export async function expectReach(page: Page, what: string): Promise<void> {
  // Whatever slides in has come to rest.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))))
  await page.screenshot({ path: test.info().outputPath(`${what.replaceAll(/\W+/g, '-')}.png`) })
  expect(await outOfReach(page), what).toEqual([])
}
