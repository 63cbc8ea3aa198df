import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {causePages, causesDocument} from './causes-document.ts'

const docs = join(import.meta.dirname, '../docs')
const pages = join(docs, 'causes')

rmSync(pages, {recursive: true, force: true})
mkdirSync(pages, {recursive: true})
writeFileSync(join(docs, 'causes.md'), causesDocument())
for (const [name, text] of causePages()) writeFileSync(join(pages, name), text)
