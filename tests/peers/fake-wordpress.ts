import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Post {
  id: number
  /** The kind it is listed among. */
  kind: Kind
  author: number
  /** Written under another account. */
  others?: boolean
  slug: string
  status: string
  title: string
  content: string
  excerpt: string
  categories: number[]
  tags: number[]
  featured_media: number
  date_gmt: string | null
  modified_gmt: string
  revision: number
}
interface Media {
  id: number
  slug: string
  alt_text: string
  caption: string
  file: string
  bytes: Buffer
  /** What it is attached to. */
  post: number | null
}
interface Term {
  id: number
  name: string
}
type Kind = 'posts' | 'pages' | 'blocks'
type Role = 'editor' | 'author'
type Json = Record<string, unknown>
/** Status, body, and of a list how many there are. */
type Answer = [number, unknown, number?]

/**
 * WordPress as its REST API was seen to behave, on loopback: no idempotency, no conditions, slugs made unique at
 * publishing alone, change times of whole seconds, trash that renames, uploads that are never the same twice.
 */
export class FakeWordpress {
  readonly posts: Post[] = []
  readonly media: Media[] = []
  /** Slugs that posts had before they were published under others: whoever asks for one is sent on. */
  readonly oldSlugs = new Map<string, number>()
  readonly terms: Record<'categories' | 'tags', Term[]> = { categories: [{ id: 1, name: 'Uncategorized' }], tags: [] }
  readonly user = 'desk'
  readonly password = 'abcd EFGH 1234 ijkl'
  role: Role = 'editor'
  /** A plugin keeps the site's users from every program. */
  keepsUsers = false
  /** Kinds of a plugin, which this account may not edit. */
  readonly sealed: string[] = []
  /** What the editor of WordPress keeps by itself while somebody writes, by post. */
  readonly autosaves: { readonly post: number; readonly author: number; readonly modified_gmt: string }[] = []
  readonly people = [
    { id: 1, name: 'Desk', slug: 'desk' },
    { id: 2, name: 'Ana Kos', slug: 'ana' }
  ]
  /** `?rest_route=`: a site without pretty addresses. */
  plain = false
  /** When posts became public, in the order they did. */
  readonly wentPublic: { readonly id: number; readonly at: number }[] = []
  /** What is due is published once somebody has visited; false: nobody's visit does that. */
  cron = true
  /** The address it knows itself by; its own unless another was set. */
  home: string | null = null
  now: () => number
  #server: Server | null = null
  #next = 10

  constructor(now: () => number) {
    this.now = now
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve))
  }

  get url(): string {
    const address = this.#server?.address() as AddressInfo | undefined
    return `http://127.0.0.1:${address?.port ?? 0}`
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server?.close(() => resolve())
      this.#server?.closeAllConnections()
    })
  }

  /** Neither its change time nor its revision move with it. */
  #fire(): void {
    if (!this.cron) return
    for (const post of this.posts)
      if (post.status === 'future' && Date.parse(`${post.date_gmt ?? ''}Z`) <= this.now()) {
        post.status = 'publish'
        post.slug = this.#uniqueSlug(post.slug, post)
        this.wentPublic.push({ id: post.id, at: this.now() })
      }
  }

  /** An edit made in WordPress itself. */
  edit(id: number, change: Partial<Post>): void {
    const post = this.posts.find((one) => one.id === id)
    if (post) Object.assign(post, change, { revision: this.#next++, modified_gmt: this.#time() })
  }

  /** Something that was written in WordPress itself. */
  write(kind: Kind, what: Partial<Post>): number {
    const id = this.#next++
    this.posts.push({ ...this.#blank(id), kind, status: 'publish', ...what })
    return id
  }

  /** Somebody writes in the post there, and has not saved it. */
  writesIn(id: number, author: number): void {
    this.autosaves.push({ post: id, author, modified_gmt: this.#time() })
  }

  trash(id: number): void {
    const post = this.posts.find((one) => one.id === id)
    if (post) Object.assign(post, { status: 'trash', slug: `${post.slug}__trashed` })
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
    const body = Buffer.concat(pieces)
    const host = this.home ?? this.url
    response.once('close', () => this.#fire())
    const url = new URL(request.url ?? '/', host)
    const query = Object.fromEntries(url.searchParams)
    const path = this.plain ? (query['rest_route'] ?? '') : url.pathname.replace(/^\/wp-json/, '')
    response.setHeader('date', new Date(this.now()).toUTCString())
    if (url.pathname === '/' && query['rest_route'] === undefined) {
      const root = this.plain ? `${host}/?rest_route=/` : `${host}/wp-json/`
      response.setHeader('link', `<${root}>; rel="https://api.w.org/"`)
      if (query['name'] !== undefined) {
        const led = this.posts.find(({ id }) => id === this.oldSlugs.get(query['name'] ?? ''))
        if (led) response.setHeader('location', String(this.#postOf(led, host)['link']))
        response.writeHead(led ? 301 : 404).end()
        return
      }
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(request.method === 'HEAD' ? undefined : '<h1>News</h1>')
      return
    }
    if (url.pathname === '/wp-cron.php') {
      this.#fire()
      response.writeHead(200).end()
      return
    }
    const [status, value, total] = this.#answer(request, path.replace(/^\/wp\/v2/, ''), query, body, host)
    if (total !== undefined) response.setHeader('x-wp-total', String(total))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  }

  #answer(request: IncomingMessage, path: string, query: Record<string, string>, body: Buffer, host: string): Answer {
    // The index of the API is open to anybody, and long unless it is asked for in part.
    if (path === '/' && request.method === 'GET') {
      const routes = query['_fields'] === undefined && { routes: { '/wp/v2': 'x'.repeat(180_000) } }
      return [200, { name: 'News', namespaces: ['oembed/1.0', 'wp/v2'], ...routes }]
    }
    const known =
      request.headers.authorization === `Basic ${Buffer.from(`${this.user}:${this.password}`).toString('base64')}`
    const isPost = request.method === 'POST'
    if (!known && (isPost || query['context'] === 'edit'))
      return problem(401, isPost ? 'rest_cannot_create' : 'rest_not_logged_in', 'You are not currently logged in.')
    const json =
      isPost && /json/.test(request.headers['content-type'] ?? '') ? (JSON.parse(body.toString()) as Json) : {}
    const kept = /^\/posts\/(\d+)\/autosaves$/.exec(path)?.[1]
    if (kept !== undefined) return [200, this.autosaves.filter(({ post }) => post === Number(kept))]
    const [, kind = '', id] = /^\/(\w+)(?:\/(\w+))?$/.exec(path) ?? []
    if (kind === 'users' && id !== 'me') {
      if (id !== undefined) return problem(403, 'rest_user_cannot_view', 'Sorry, you are not allowed to list users.')
      const asked = query['include'] === undefined ? null : listed(query['include'])
      if (this.keepsUsers) return problem(401, 'rest_user_cannot_view', 'Only authenticated users can access the API.')
      const fit = this.people.filter(
        ({ id: own, name }) =>
          (asked === null || asked.includes(String(own))) &&
          name.toLowerCase().includes((query['search'] ?? '').toLowerCase())
      )
      return [200, fit, fit.length]
    }
    if (kind === 'users') {
      const capabilities = { edit_posts: true, upload_files: true, publish_posts: true }
      return [200, { id: 1, name: 'Desk', capabilities }]
    }
    if (kind === 'categories' || kind === 'tags')
      return isPost ? this.#makeTerm(kind, String(json['name'])) : [200, this.#search(kind, query['search'] ?? '')]
    if (request.method === 'DELETE')
      return known ? this.#delete(kind, Number(id), host) : problem(401, 'rest_cannot_delete', 'Not allowed.')
    if (kind === 'media')
      return isPost ? this.#upload(request, id, query, json, body, host) : this.#readMedia(id, query, host)
    if (kind === 'types') return [200, this.#types(query['context'] === 'edit')]
    if (kind === 'posts' || kind === 'pages' || kind === 'blocks')
      return isPost ? this.#write(id, json, host) : this.#read(kind, id, query, host)
    return problem(404, 'rest_no_route', 'No route was found.')
  }

  #search(kind: 'categories' | 'tags', text: string): Term[] {
    return this.terms[kind]
      .filter(({ name }) => entities(name).toLowerCase().includes(text.toLowerCase()))
      .map((term) => ({ ...term, name: entities(term.name) }))
  }

  #makeTerm(kind: 'categories' | 'tags', name: string): [number, unknown] {
    if (kind === 'categories' && this.role === 'author')
      return problem(403, 'rest_cannot_create', 'Sorry, you are not allowed to create terms in this taxonomy.')
    const there = this.terms[kind].find((term) => term.name.toLowerCase() === name.toLowerCase())
    if (there)
      return [
        400,
        {
          code: 'term_exists',
          message: 'A term with the name provided already exists.',
          data: { status: 400, term_id: there.id }
        }
      ]
    const term = { id: this.#next++, name }
    this.terms[kind].push(term)
    return [201, { ...term, name: entities(name) }]
  }

  #upload(
    request: IncomingMessage,
    id: string | undefined,
    query: Record<string, string>,
    json: Json,
    body: Buffer,
    host: string
  ): [number, unknown] {
    if (id !== undefined) {
      const known = this.media.find((one) => one.id === Number(id))
      if (!known) return problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
      Object.assign(known, { alt_text: String(json['alt_text']), caption: String(json['caption']) })
      return [200, this.#mediaOf(known, host)]
    }
    const name = /filename="([^"]+)"/.exec(request.headers['content-disposition'] ?? '')?.[1]
    if (!name) return problem(400, 'rest_upload_no_content_disposition', 'No Content-Disposition supplied.')
    if (!/^(\x89PNG|\xff\xd8|GIF8|RIFF)/.test(body.subarray(0, 4).toString('latin1')))
      return problem(500, 'rest_upload_sideload_error', 'Sorry, you are not allowed to upload this file type.')
    const [stem, extension] = name.split('.')
    const same = this.media.filter(({ file }) => file.startsWith(stem ?? '')).length
    const made: Media = {
      id: this.#next++,
      slug: this.#uniqueSlug(query['slug'] ?? stem ?? ''),
      alt_text: query['alt_text'] ?? '',
      caption: query['caption'] ?? '',
      bytes: body,
      post: null,
      file: `${stem}${same === 0 ? '' : `-${same}`}.${extension}`
    }
    this.media.push(made)
    return [201, this.#mediaOf(made, host)]
  }

  #readMedia(id: string | undefined, query: Record<string, string>, host: string): [number, unknown] {
    const found = this.media
      .filter((one) => (id === undefined ? listed(query['slug']).includes(one.slug) : one.id === Number(id)))
      .map((one) => this.#mediaOf(one, host))
    if (id === undefined) return [200, found]
    return found[0] ? [200, found[0]] : problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
  }

  /** The media library has no trash. */
  #delete(kind: string, id: number, host: string): [number, unknown] {
    if (kind === 'media') {
      const at = this.media.findIndex((one) => one.id === id)
      if (at < 0) return problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
      return [200, { deleted: true, previous: this.media.splice(at, 1) }]
    }
    const post = this.posts.find((one) => one.id === id)
    if (!post) return problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
    if (post.status === 'trash') return problem(410, 'rest_already_trashed', 'The post has already been deleted.')
    this.trash(id)
    return [200, this.#postOf(post, host)]
  }

  #mediaOf({ id, slug, alt_text, caption, file, post }: Media, host: string): Json {
    return {
      id,
      slug,
      post,
      alt_text,
      caption: { raw: caption, rendered: `<p>${caption}</p>` },
      source_url: `${host}/wp-content/uploads/2026/03/${file}`
    }
  }

  /** Kinds of things; to edit, those that this account may edit. */
  #types(edit: boolean): Json {
    const kinds = { post: 'posts', page: 'pages', wp_block: 'blocks', wp_template: 'templates', attachment: 'media' }
    const shut = [...this.sealed, 'wp_template', ...(this.role === 'author' ? ['page'] : [])]
    const all: Record<string, string> = { ...kinds, ...Object.fromEntries(this.sealed.map((name) => [name, name])) }
    const named = Object.entries(all).filter(([name]) => !edit || !shut.includes(name))
    return Object.fromEntries(named.map(([name, base]) => [name, { rest_base: base, rest_namespace: 'wp/v2' }]))
  }

  #read(kind: Kind, id: string | undefined, query: Record<string, string>, host: string): Answer {
    if (id !== undefined) {
      const post = this.posts.find((one) => one.id === Number(id))
      return post ? [200, this.#postOf(post, host)] : problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
    }
    const wanted = listed(query['status'] ?? 'publish')
    const fit = this.posts.filter(
      ({ id: own, kind: listedAs, status, slug, content }) =>
        listedAs === kind &&
        (query['include'] === undefined || listed(query['include']).includes(String(own))) &&
        (query['slug'] === undefined || listed(query['slug']).includes(slug)) &&
        (query['search'] === undefined || content.includes(query['search'])) &&
        (wanted.includes(status) || (wanted.includes('any') && status !== 'trash'))
    )
    // What the account may not see is left out of the page, and counted all the same.
    const size = Number(query['per_page'] ?? 10)
    const page = fit.slice((Number(query['page'] ?? 1) - 1) * size).slice(0, size)
    const shown = page.filter(({ others, status }) => this.role === 'editor' || !others || status === 'publish')
    return [200, shown.map((post) => this.#postOf(post, host)), fit.length]
  }

  #write(id: string | undefined, json: Json, host: string): [number, unknown] {
    let post = this.posts.find((one) => one.id === Number(id))
    if (id !== undefined && !post) return problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
    const isNew = !post
    if (json['author'] !== undefined && json['author'] !== 1 && this.role === 'author')
      return problem(403, 'rest_cannot_edit_others', 'Sorry, you are not allowed to update posts as this user.')
    if (json['author'] !== undefined && !this.people.some(({ id: own }) => own === json['author']))
      return problem(400, 'rest_invalid_author', 'Invalid author ID.')
    post ??= this.#blank(this.#next++)
    if (isNew) this.posts.push(post)
    const clean = (text: unknown): string => (this.role === 'author' ? kses(String(text)) : String(text))
    if (typeof json['author'] === 'number') post.author = json['author']
    if ('title' in json) post.title = clean(json['title']).trim()
    if ('content' in json) post.content = clean(json['content'])
    if ('excerpt' in json) post.excerpt = clean(json['excerpt'])
    for (const field of ['categories', 'tags'] as const)
      if (Array.isArray(json[field]))
        post[field] = (json[field] as number[]).filter((one) => this.terms[field].some((term) => term.id === one))
    if ('featured_media' in json)
      post.featured_media = this.media.some((one) => one.id === json['featured_media'])
        ? Number(json['featured_media'])
        : 0
    const was = post.status
    if (typeof json['date_gmt'] === 'string') post.date_gmt = json['date_gmt'].slice(0, 19)
    if (json['date_gmt'] === null) post.date_gmt = null
    if (typeof json['status'] === 'string') post.status = json['status']
    const at = post.date_gmt === null ? this.now() : Date.parse(`${post.date_gmt}Z`)
    // The traps: a date ahead holds a post back, and "future" without one that is a minute ahead publishes at once.
    if (post.status === 'publish' && at > this.now()) post.status = 'future'
    if (post.status === 'future' && at < this.now() + 60_000) post.status = 'publish'
    if (post.status === 'publish') post.date_gmt ??= this.#time()
    if (post.status === 'publish' && was !== 'publish') this.wentPublic.push({ id: post.id, at: this.now() })
    const before = post.slug
    if (typeof json['slug'] === 'string') post.slug = json['slug'].toLowerCase()
    if (post.status === 'publish') post.slug = this.#uniqueSlug(post.slug, post)
    if (post.status === 'publish' && before !== '' && before !== post.slug) this.oldSlugs.set(before, post.id)
    post.modified_gmt = this.#time()
    post.revision = this.#next++
    return [isNew ? 201 : 200, this.#postOf(post, host)]
  }

  #blank(id: number): Post {
    return {
      id,
      kind: 'posts',
      author: 1,
      slug: '',
      status: 'draft',
      title: '',
      content: '',
      excerpt: '',
      categories: [1],
      tags: [],
      featured_media: 0,
      date_gmt: null,
      modified_gmt: '',
      revision: 0
    }
  }

  #postOf(post: Post, host: string): Json {
    const {
      id,
      author,
      slug,
      status,
      title,
      content,
      excerpt,
      categories,
      tags,
      featured_media,
      date_gmt,
      modified_gmt,
      revision
    } = post
    return {
      id,
      author,
      slug,
      status,
      categories,
      tags,
      featured_media,
      date_gmt,
      modified_gmt,
      link: status === 'publish' ? `${host}/2026/03/${slug}/` : `${host}/?p=${id}`,
      title: { raw: title, rendered: title },
      content: { raw: content, rendered: content },
      excerpt: { raw: excerpt, rendered: excerpt },
      _links: { 'predecessor-version': [{ id: revision, href: '' }] }
    }
  }

  #uniqueSlug(slug: string, mine?: Post): string {
    const taken = (text: string): boolean =>
      this.media.some((one) => one.slug === text) ||
      this.posts.some((post) => post !== mine && post.status === 'publish' && post.slug === text)
    for (let n = 1; ; n += 1) {
      const candidate = n === 1 ? slug : `${slug}-${n}`
      if (!taken(candidate)) return candidate
    }
  }

  #time(): string {
    return new Date(this.now()).toISOString().slice(0, 19)
  }
}

/** A list as WordPress takes it in an address. */
function listed(text = ''): string[] {
  return text.split(',')
}

function problem(status: number, code: string, message: string): [number, unknown] {
  return [status, { code, message, data: { status } }]
}

/** What an author's HTML loses. */
function kses(html: string): string {
  return html
    .replace(/<\/?(?:iframe|form|svg|time|script|style)\b[^>]*>/g, '')
    .replace(/ (?:srcset|sizes|decoding)="[^"]*"/g, '')
    .replace(/<hr>/g, '<hr />')
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;')
}
