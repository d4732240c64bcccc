import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Post {
  id: string
  title: string
  slug: string
  status: string
  lexical: string | null
  custom_excerpt: string | null
  feature_image: string | null
  feature_image_alt: string | null
  feature_image_caption: string | null
  published_at: string | null
  updated_at: string
  tags: { name: string }[]
  authors: { id: string; name: string }[]
  email: { status: string } | null
}
type Json = Record<string, unknown>
type Reply = readonly [status: number, value: unknown]

/**
 * Ghost as its Admin API was seen to behave, on loopback: a token for each request, no idempotency, a collision told by a
 * time of whole seconds and only when the content differs, slugs made unique at once, uploads that are never the same
 * twice, and deletion that is final.
 */
export class FakeGhost {
  readonly posts: Post[] = []
  /** By path below `/content/images/`. */
  readonly images = new Map<string, Buffer>()
  readonly key = `${'0'.repeat(20)}beef:${'5a'.repeat(32)}`
  /** Newsletters that were mailed, by their slugs. */
  readonly mailed: string[] = []
  readonly newsletters = [
    { slug: 'default-newsletter', name: 'Newsroom', members: 1234 },
    { slug: 'morning', name: 'The morning letter', members: 1 }
  ]
  /** What becomes of the mail. */
  mail: 'submitted' | 'failed' = 'submitted'
  /** Users there, the owner first. */
  readonly people = [
    { id: '0'.repeat(23) + '1', name: 'Owner' },
    { id: '0'.repeat(23) + '2', name: 'Ana Kos' },
    { id: '0'.repeat(23) + '3', name: 'Jon Poe' }
  ]
  /** When posts became public, in the order they did. */
  readonly wentPublic: { readonly id: string; readonly at: number }[] = []
  /** Its scheduler runs. */
  scheduler = true
  /** The address it knows itself by; its own unless another was set. */
  home: string | null = null
  now: () => number
  #server: Server | null = null
  #next = 1

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

  /** By itself at the hour, whoever asks; the time of the last change moves with it. */
  #fire(): void {
    if (!this.scheduler) return
    for (const post of this.posts) {
      const at = Date.parse(post.published_at ?? '')
      if (post.status !== 'scheduled' || at > this.now()) continue
      Object.assign(post, {
        status: 'published',
        updated_at: `${new Date(at + 4_000).toISOString().slice(0, 19)}.000Z`
      })
      this.wentPublic.push({ id: post.id, at })
    }
  }

  /** An edit made in Ghost itself. */
  edit(id: string, change: Partial<Post>): void {
    const post = this.posts.find((one) => one.id === id)
    if (post) Object.assign(post, { updated_at: this.#time() }, change)
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
    const body = Buffer.concat(pieces)
    this.#fire()
    const url = new URL(request.url ?? '/', this.home ?? this.url)
    response.setHeader('date', new Date(this.now()).toUTCString())
    const image = /^\/content\/images\/(.+)$/.exec(url.pathname)?.[1]
    if (image !== undefined) {
      const bytes = this.images.get(image)
      response.writeHead(bytes ? 200 : 404, { 'content-type': bytes ? 'image/png' : 'text/html' })
      response.end(request.method === 'HEAD' ? undefined : (bytes ?? '<h1>404</h1>'))
      return
    }
    const path = /^\/ghost\/api\/admin(\/.*)$/.exec(url.pathname)?.[1]
    const [status, value] = path
      ? this.#answer(request, path, url.searchParams, body)
      : problem(404, 'NotFoundError', 'Page not found')
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(status === 204 ? undefined : JSON.stringify(value))
  }

  #answer(request: IncomingMessage, path: string, query: URLSearchParams, body: Buffer): Reply {
    if (path === '/site/') return [200, { site: { title: 'Newsroom', version: '6.65', url: `${this.home ?? ''}/` } }]
    const refusal = this.#refusal(request.headers.authorization)
    if (refusal) return refusal
    if (path === '/images/upload/') return this.#upload(request.headers['content-type'] ?? '', body)
    if (path === '/users/') return [200, { users: this.people }]
    if (path === '/newsletters/') {
      const all = this.newsletters.map(({ slug, name, members }) => ({
        slug,
        name,
        count: { active_members: members }
      }))
      return [200, { newsletters: all }]
    }
    const id = /^\/posts\/(?:([0-9a-f]{24})\/)?$/.exec(path)?.[1]
    if (!path.startsWith('/posts/')) return problem(404, 'NotFoundError', 'Resource not found')
    if (request.method === 'GET') return id === undefined ? this.#list(query) : this.#read(id, query)
    if (request.method === 'DELETE') {
      const at = this.posts.findIndex((one) => one.id === id)
      if (at < 0) return problem(404, 'NotFoundError', 'Post not found.')
      this.posts.splice(at, 1)
      return [204, null]
    }
    const [change, ...more] = (JSON.parse(body.toString()) as { posts: Json[] }).posts
    if (!change || more.length > 0) return problem(422, 'ValidationError', 'Only one post.')
    return request.method === 'POST' ? this.#create(change, query) : this.#change(id ?? '', change, query)
  }

  #refusal(authorization: string | undefined): Reply | null {
    if (authorization === undefined) return problem(403, 'NoPermissionError', 'Authorization failed')
    if (!authorization.startsWith('Ghost '))
      return problem(401, 'UnauthorizedError', 'Authorization header format is …', 'INVALID_AUTH_HEADER')
    const [head = '', claims = '', signature = ''] = authorization.replace(/^Ghost /, '').split('.')
    const [id = '', secret = ''] = this.key.split(':')
    const { kid } = decoded(head) as { kid?: string }
    if (kid === undefined) return problem(400, 'BadRequestError', 'Invalid token', 'INVALID_JWT')
    if (kid !== id) return problem(401, 'UnauthorizedError', 'Unknown Admin API Key', 'UNKNOWN_ADMIN_API_KEY')
    const signed = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${head}.${claims}`).digest('base64url')
    if (signed !== signature)
      return problem(401, 'UnauthorizedError', 'Invalid token: invalid signature', 'INVALID_JWT')
    const { iat = 0 } = decoded(claims) as { iat?: number }
    if (this.now() / 1000 - iat <= 300) return null
    return problem(401, 'UnauthorizedError', 'Invalid token: maxAge exceeded', 'INVALID_JWT')
  }

  #upload(type: string, body: Buffer): Reply {
    const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? ''
    const text = body.toString('latin1')
    const name = /filename="([^"]+)"/.exec(text)?.[1]
    const start = text.indexOf('\r\n\r\n') + 4
    const bytes = body.subarray(start, text.lastIndexOf(`\r\n--${boundary}--`))
    if (boundary === '' || !name) return problem(422, 'ValidationError', 'Please select an image.')
    if (!/^(\x89PNG|\xff\xd8|GIF8|RIFF)/.test(bytes.subarray(0, 4).toString('latin1')))
      return problem(415, 'UnsupportedMediaTypeError', 'Please select a valid image.')
    const [stem = '', extension = ''] = name.split('.')
    const folder = new Date(this.now()).toISOString().slice(0, 7).replace('-', '/')
    for (let n = 0; ; n += 1) {
      const file = `${folder}/${stem}${n === 0 ? '' : `-${n}`}.${extension}`
      if (this.images.has(file)) continue
      this.images.set(file, bytes)
      return [201, { images: [{ url: `${this.home ?? this.url}/content/images/${file}`, ref: null }] }]
    }
  }

  #list(query: URLSearchParams): Reply {
    const filter = query.get('filter') ?? ''
    const fits = (post: Post, clause: string): boolean => {
      const [, field = '', like, value = ''] = /^(\w+):(~?)'([^']*)'$/.exec(clause) ?? []
      const held = String((post as unknown as Json)[field] ?? '')
      return like ? held.includes(value) : held === value
    }
    // A comma is "or", a plus is "and".
    const found = this.posts.filter(
      (post) => filter === '' || filter.split(',').some((all) => all.split('+').every((clause) => fits(post, clause)))
    )
    return [200, { posts: found.slice(0, Number(query.get('limit') ?? 15)).map((post) => this.#shown(post, query)) }]
  }

  #read(id: string, query: URLSearchParams): Reply {
    const post = this.posts.find((one) => one.id === id)
    return post ? [200, { posts: [this.#shown(post, query)] }] : problem(404, 'NotFoundError', 'Post not found.')
  }

  #create(change: Json, query: URLSearchParams): Reply {
    const post: Post = {
      id: String(this.#next++).padStart(24, 'a'),
      title: '',
      slug: '',
      status: 'draft',
      lexical: null,
      custom_excerpt: null,
      feature_image: null,
      feature_image_alt: null,
      feature_image_caption: null,
      published_at: null,
      updated_at: this.#time(),
      tags: [],
      authors: this.people.slice(0, 1),
      email: null
    }
    const fault = this.#apply(post, change)
    if (fault) return fault
    this.posts.push(post)
    return [201, { posts: [this.#shown(post, query)] }]
  }

  #change(id: string, change: Json, query: URLSearchParams): Reply {
    const post = this.posts.find((one) => one.id === id)
    if (!post) return problem(404, 'NotFoundError', 'Post not found.')
    const { updated_at: token, ...rest } = change
    if (token === undefined) return problem(422, 'ValidationError', 'must have required property updated_at')
    const differs = Object.entries(rest).some(
      ([field, value]) => JSON.stringify((post as unknown as Json)[field]) !== JSON.stringify(value)
    )
    if (differs && token !== post.updated_at)
      return problem(409, 'UpdateCollisionError', 'Saving failed! Someone else is editing this post.')
    // One newsletter of a post, once, when it becomes public; where it cannot be made, nothing is stored.
    const slug = query.get('newsletter')
    const isMailed = slug !== null && post.status === 'draft' && rest['status'] === 'published' && !post.email
    if (isMailed && !this.newsletters.some((one) => one.slug === slug))
      return problem(500, 'EmailError', 'Error sending email!')
    const fault = this.#apply(post, rest)
    if (fault) return fault
    if (isMailed) {
      this.mailed.push(slug)
      post.email = { status: this.mail }
    }
    // A change of tags alone moves no time.
    if (Object.keys(rest).some((field) => field !== 'tags')) post.updated_at = this.#time()
    return [200, { posts: [this.#shown(post, query)] }]
  }

  #apply(post: Post, change: Json): Reply | null {
    if (typeof change['title'] === 'string' && change['title'].length > 255) return tooLong('title')
    if (typeof change['custom_excerpt'] === 'string' && change['custom_excerpt'].length > 300)
      return tooLong('custom_excerpt')
    if (typeof change['lexical'] === 'string') {
      const { root } = JSON.parse(change['lexical']) as { root?: { children?: unknown[] } }
      if (!root?.children?.length) return problem(422, 'ValidationError', 'Invalid lexical structure.')
    }
    const wasPublic = post.status === 'published'
    if (change['status'] === 'scheduled') {
      const date = change['published_at'] === undefined ? post.published_at : change['published_at']
      if (typeof date !== 'string') return problem(422, 'ValidationError', 'Date cannot be empty for a scheduled post.')
      if (Date.parse(date) < this.now() - 120_000) return problem(422, 'ValidationError', 'Date must be in the future.')
    }
    // A user who is not there is the owner.
    const authors = change['authors'] as { id: string }[] | undefined
    const named = authors?.flatMap(({ id }) => this.people.find((one) => one.id === id) ?? this.people[0] ?? [])
    Object.assign(post, change, named && { authors: named })
    post.slug = this.#uniqueSlug(post.slug, post)
    if (post.status === 'published' && !wasPublic) {
      post.published_at ??= this.#time()
      this.wentPublic.push({ id: post.id, at: this.now() })
    }
    return null
  }

  /** Without `formats=lexical` the text is left out. */
  #shown(post: Post, query: URLSearchParams): Json {
    const home = this.home ?? this.url
    const url = post.status === 'published' ? `${home}/${post.slug}/` : `${home}/p/${post.id}/`
    return { ...post, lexical: query.get('formats') === 'lexical' ? post.lexical : undefined, url }
  }

  #uniqueSlug(slug: string, mine: Post): string {
    for (let n = 1; ; n += 1) {
      const candidate = n === 1 ? slug : `${slug}-${n}`
      if (!this.posts.some((post) => post !== mine && post.slug === candidate)) return candidate
    }
  }

  #time(): string {
    return `${new Date(this.now()).toISOString().slice(0, 19)}.000Z`
  }
}

function problem(status: number, type: string, message: string, code: string | null = null): Reply {
  // What is the matter with a post stands beside what was to be done with it.
  const [said, context] =
    type === 'ValidationError' ? ['Validation error, cannot edit post.', message] : [message, null]
  return [status, { errors: [{ message: said, context, type, code }] }]
}

function tooLong(field: string): Reply {
  return problem(422, 'ValidationError', `Validation failed for ${field}.`)
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown
  } catch {
    return {}
  }
}
