/** Where a list stands and how much of it there is, in CSS pixels. */
export interface ListBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly rowHeight: number
  readonly rows: number
}

/**
 * The least a page can do to scroll a list of that size in that place: rows of plain text, made once, moved and given
 * other words as they are passed. What this page is late with, the browser and the machine are late with. Answers its
 * address.
 */
export function bareList(box: ListBox): string {
  const page = `<!doctype html>
<meta charset="utf-8">
<title>bare list</title>
<style>
  html, body { margin: 0; height: 100%; background: #fff }
  #list { position: absolute; left: ${box.left}px; top: ${box.top}px; width: ${box.width}px; height: ${box.height}px; overflow-y: auto; contain: strict; background: #fff }
  #all { position: relative; height: ${box.rows * box.rowHeight}px }
  .row { position: absolute; left: 8px; right: 8px; height: ${box.rowHeight}px; overflow: hidden; contain: strict; font: 15px/18px serif }
</style>
<div id="list"><div id="all"></div></div>
<script>(${script.toString()})(${JSON.stringify(box)})</script>`
  return `data:text/html,${encodeURIComponent(page)}`
}

/** In the page; it may use nothing from outside itself. */
function script({ height, rowHeight, rows }: ListBox): void {
  const list = document.getElementById('list')
  const all = document.getElementById('all')
  if (!list || !all) return
  const around = 8
  const made: { element: HTMLElement; index: number }[] = []
  for (let count = 0; count < Math.ceil(height / rowHeight) + 1 + 2 * around; count++) {
    const element = document.createElement('div')
    element.className = 'row'
    element.textContent = ' '
    all.append(element)
    made.push({ element, index: -1 })
  }
  function draw(): void {
    const first = Math.max(0, Math.min(rows - made.length, Math.floor((list?.scrollTop ?? 0) / rowHeight) - around))
    for (let index = first; index < first + made.length; index++) {
      const row = made[index % made.length]
      if (!row || row.index === index) continue
      row.index = index
      row.element.style.top = `${index * rowHeight}px`
      if (row.element.firstChild)
        row.element.firstChild.nodeValue = `Row ${index}: ministers agree on a plan for the harbour after a long night of talks`
    }
  }
  list.addEventListener('scroll', draw, { passive: true })
  draw()
}
