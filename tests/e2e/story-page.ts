import { expect, type Locator, type Page } from '@playwright/test'

/** The desk's window in the words on it. */
export class StoryPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get headline(): Locator {
    return this.#field('Headline')
  }
  get standfirst(): Locator {
    return this.#field('Standfirst')
  }
  get byline(): Locator {
    return this.#field('Byline')
  }
  get kicker(): Locator {
    return this.#field('Kicker')
  }
  get body(): Locator {
    return this.#field('Body')
  }
  get status(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' }).locator('.save')
  }
  get caption(): Locator {
    return this.#field('Caption').first()
  }
  get credit(): Locator {
    return this.#field('Credit').first()
  }
  get alt(): Locator {
    return this.#field('Alt text').first()
  }
  get stories(): Locator {
    return this.page.getByRole('listbox', { name: 'Stories' }).getByRole('option')
  }

  #field(name: string): Locator {
    return this.page.getByRole('region', { name: 'Story', exact: true }).getByRole('textbox', { name, exact: true })
  }

  /** Makes an empty story; answers its address in the app. */
  async newStory(): Promise<string> {
    await this.page.getByRole('button', { name: 'New story', exact: true }).click()
    await expect(this.body).toBeVisible()
    await expect(this.page).toHaveURL(/\/story\/[0-9a-f-]{36}$/)
    return new URL(this.page.url()).pathname
  }

  /** Types into a field with real keys. */
  async write(field: Locator, text: string): Promise<void> {
    await field.click()
    await this.page.keyboard.type(text)
  }

  async onDisk(): Promise<void> {
    await expect(this.status).toHaveText(/^On disk/)
  }
}
