import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import {expect, test} from 'vitest'
import {reports, schemaGenerator, schemaText} from '../scripts/schema-of.ts'
import {tightened} from '../scripts/schema-tightening.ts'
import {runPlugin} from './run-plugin.ts'

const folder = join(import.meta.dirname, '../schemas')
const read = (name: string) => readFileSync(join(folder, `${name}-report.schema.json`), 'utf8')

test('the schemas are what `npm run schemas` makes of the types', () => {
  const generator = schemaGenerator()
  for (const name of reports) expect(read(name)).toBe(schemaText(generator, name))
  expect(readdirSync(folder)).toHaveLength(reports.length)
})

test('nothing else than what is described may stand in a report', () => {
  for (const name of reports) {
    const text = read(name)
    expect(text.match(/"type": "object"/g)?.length).toBe(text.match(/"additionalProperties": false/g)?.length)
  }
})

test('what types can not say is added by name: times, ids, and that numbers count', () => {
  const properties = {
    since: {type: ['string', 'null'], description: 'when'},
    rung: {type: 'number'},
    count: {type: 'number', minimum: 2},
    server: {$ref: '#/definitions/Server'},
    id: {type: 'object', properties: {}},
  }
  expect(tightened({type: 'object', properties})).toEqual({
    type: 'object',
    properties: {
      since: {type: ['string', 'null'], description: 'when', pattern: expect.stringContaining('T')},
      rung: {type: 'integer', minimum: 0, maximum: 6},
      count: {type: 'integer', minimum: 2},
      server: {$ref: '#/definitions/Server'},
      id: {type: 'object', properties: {}},
    },
  })
})

test('explain -o json is what its schema says', async () => {
  const isValid = new Ajv({strict: true, allowUnionTypes: true}).compile(JSON.parse(read('explain')))
  for (const words of [['explain'], ['explain', 'crash-loop']]) {
    const {stdout} = await runPlugin([...words, '-o', 'json'], '/')
    expect(isValid(JSON.parse(stdout)) || isValid.errors).toBe(true)
  }
})
