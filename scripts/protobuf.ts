/** `npm run protobuf`: makes `protobuf/decoders.ts` and `shape/field-types.ts` in `src/cluster` of `kept.proto`, after a change of either list of what is kept. */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {decodersOf, messagesIn} from './protobuf-decoders.ts'
import {fieldTypesOf} from './protobuf-field-types.ts'

const FOLDER = join(import.meta.dirname, '../src/cluster/protobuf')

const proto = await readFile(join(FOLDER, 'kept.proto'), 'utf8')
await writeFile(join(FOLDER, 'decoders.ts'), decodersOf(proto))
await writeFile(join(FOLDER, '../shape/field-types.ts'), fieldTypesOf(messagesIn(proto)))
