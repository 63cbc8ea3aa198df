import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {scenarios, scenariosFolder} from './screens/asked.ts'
import {cutLinks, plain, tooLong} from './screens/lines.ts'
import {asOne, ENDLESS, screensOf} from './screens/screens.ts'
import {repeated} from './screens/sentences.ts'

/**
 * What terminals show of every question about a captured cluster: `npx vitest run test/screens.test.ts -u` writes
 * `scenarios/NAME/screens/` again, to be read line by line.
 */
describe.each(scenarios)('%s', (scenario) => {
  const folder = join(scenariosFolder, scenario, 'screens')

  describe.each([80, 120, 160])('at %d columns', (columns) => {
    const screens = async (isColored = false) => asOne(await screensOf(scenario, {columns, isColored}))

    test('every command', async () => {
      await expect(await screens()).toMatchFileSnapshot(join(folder, `${columns}.txt`))
    })

    test('in colour, which changes no character', async () => {
      const colored = await screens(true)
      await expect(colored).toMatchFileSnapshot(join(folder, `${columns}-color.txt`))
      expect(plain(colored)).toBe(await screens())
    })

    test('no line is longer, commands to copy excepted', async () => {
      expect(tooLong(await screens(), columns)).toEqual([])
    })

    test('no link of a chain is cut', async () => {
      const all = await screensOf(scenario, {columns})
      expect(all.flatMap(({text}) => cutLinks(text))).toEqual([])
    })
  })

  test('no answer says the same sentence twice', async () => {
    const screens = await screensOf(scenario, {columns: ENDLESS})
    const said = screens.map(({line, text}) => ({line, twice: repeated(text)}))
    expect(said.filter(({twice}) => twice.length > 0)).toEqual([])
  })
})
