import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {causesDocument} from './causes-document.ts'

const docs = join(import.meta.dirname, '../docs')

mkdirSync(docs, {recursive: true})
writeFileSync(join(docs, 'causes.md'), causesDocument())
