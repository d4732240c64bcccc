import { expect, it } from 'vitest'
import { differences, type PostFields } from '../../../src/main/core/publishing/targets/wordpress/compare.ts'
import { say } from '../../../src/shared/words/message.ts'

const post: PostFields = {
  title: 'جسر الميناء',
  content: '<p>أغلق المجلس الجسر.</p>',
  excerpt: '',
  slug: 'جسر-الميناء',
  status: 'publish',
  categories: [],
  tags: [],
  featured: 0
}

it('a slug in another script is the same where WordPress keeps it as percent signs and figures', () => {
  const slug = encodeURIComponent(post.slug).toLowerCase()
  expect(differences(post, { ...post, slug })).toEqual([])
  expect(differences(post, { ...post, slug: `${slug}-2` })).toEqual([
    { field: 'slug', note: say('wordpress.slugMade', { slug: 'جسر-الميناء-2' }), byServer: true }
  ])
  // What is no percent coding, or would turn the line around, is told as it is.
  expect(differences(post, { ...post, slug: 'a%e2%80%ae' })[0]?.note).toEqual(
    say('wordpress.slugMade', { slug: 'a%e2%80%ae' })
  )
})
