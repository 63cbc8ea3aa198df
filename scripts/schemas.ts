import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {reports, schemaGenerator, schemaText} from './schema-of.ts'

const folder = join(import.meta.dirname, '../schemas')
const generator = schemaGenerator()

for (const name of reports)
  writeFileSync(join(folder, `${name}-report.schema.json`), schemaText(generator, name))
