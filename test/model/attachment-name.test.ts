import {expect, test} from 'vitest'
import {attachmentName} from '../../src/model/attachment-name.ts'
import {volume} from '../builders.ts'
import {clusters} from '../clusters-by-cause.ts'

test('is that which the real controller gave to the attachments of all captured clusters', async () => {
  let count = 0
  for (const {name, read} of clusters) {
    if (name.includes(' of ')) continue
    const {persistentVolumes, volumeAttachments} = await read()
    for (const {metadata, spec} of volumeAttachments) {
      const of = persistentVolumes.find((each) => each.metadata?.name === spec?.source?.persistentVolumeName)
      expect(of && attachmentName(of, spec?.nodeName ?? ''), name).toBe(metadata?.name)
      count++
    }
  }
  expect(count).toBeGreaterThan(5)
})

test('is not known of a volume that no driver has', () => {
  expect(attachmentName(volume({spec: {csi: undefined as never}}), 'node-a')).toBeUndefined()
})
