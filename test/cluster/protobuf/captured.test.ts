import {glob} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {decodeProtobuf, isChanged} from '../../../src/cluster/protobuf/answer.ts'
import {resourceKeys, resources} from '../../../src/cluster/resources.ts'
import {readSavedDocuments} from '../../../src/cluster/saved-documents.ts'
import {fromDocuments} from '../../../src/cluster/snapshot-file.ts'
import {answerOf} from './kept-proto.ts'

const TEST = join(import.meta.dirname, '../..')
const SERVER = new URL('https://cluster')

const files = await Array.fromAsync(glob(['scenarios/*/cluster.yaml', 'causes/captured/*.yaml'], {cwd: TEST}))

test('what was captured is the same, whether it comes as JSON or as protobuf', async () => {
  const kinds = new Set<string>()
  for (const file of files) {
    const cluster = fromDocuments(await readSavedDocuments([join(TEST, file)]))
    for (const key of resourceKeys) {
      const {apiVersion, kind, project} = resources[key]
      for (const object of cluster[key]) {
        const read = decodeProtobuf(answerOf(apiVersion, kind, object), SERVER)
        expect((project as (object: object) => object)(read), file).toStrictEqual(object)
        if (!isChanged(kind)) expect(read, file).toStrictEqual(object)
        kinds.add(kind)
      }
    }
  }
  expect(files.length).toBeGreaterThan(100)
  expect([...kinds].toSorted()).toEqual(resourceKeys.map((key) => resources[key].kind).toSorted())
})
