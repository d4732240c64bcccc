import { afterAll, expect, it, vi } from 'vitest'

vi.stubEnv('GALLEY_LANGUAGE', 'en-XA')
afterAll(() => vi.unstubAllEnvs())

it('the command line’s help and errors are in the language that is asked for, to the last sentence', async () => {
  const { commandHelp, generalHelp } = await import('../../src/main/cli/help.ts')
  const { commands } = await import('../../src/main/cli/commands/index.ts')
  const { inLines } = await import('../../src/main/hosts/language.ts')
  const { say } = await import('../../src/shared/words/message.ts')
  const help = [generalHelp(), ...commands.map(commandHelp)].join('\n')
  for (const { name } of commands) expect(help).toContain(name)
  // Names of commands and options, placeholders of values and paths stay; nothing else is plain.
  const plain = help
    .replace(/\[[^\]]*\]/g, ' ')
    .split(/\s+/)
    .filter((word) => /^[A-Za-z]{2,}$/.test(word) && !commands.some(({ name }) => name === word))
  expect(plain).toEqual([])
  for (const line of inLines(say('commandLine.noTargets'))) expect(line).toMatch(/^\[[^A-Za-z]+\]$/)
})
