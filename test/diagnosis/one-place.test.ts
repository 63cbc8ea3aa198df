import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {order} from '../../src/diagnosis/order.ts'

const src = join(import.meta.dirname, '../../src')

test('the id of a cause is spelt in one file besides the order', () => {
  const texts = readdirSync(src, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && file !== 'diagnosis/order.ts')
    .map((file) => ({file, text: readFileSync(join(src, file), 'utf8')}))
  const places = order
    .flatMap(({causes}) => causes)
    .map((id) => [id, ...texts.filter(({text}) => text.includes(`'${id}'`)).map(({file}) => file)])
  expect(places.length).toBeGreaterThan(200)
  expect(places.filter(({length}) => length !== 2)).toEqual([])
})
