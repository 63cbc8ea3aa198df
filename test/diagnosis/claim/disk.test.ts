import {expect, test} from 'vitest'
import {blame} from '../../../src/diagnosis/blame.ts'
import {disk} from '../../../src/diagnosis/claim/disk.ts'
import {ordinalFindings} from '../../../src/diagnosis/stateful-set/ordinal-findings.ts'
import type {StorageClass} from '../../../src/model/objects.ts'
import type {ClaimUsage} from '../../../src/model/usage.ts'
import {claim, NOW, pod, statefulSet, storageClass, volume} from '../../builders.ts'
import {crashed} from '../pod/parts-running.ts'
import {about, type Facts, idOf, ordinalSubject} from '../subjects.ts'

const MI = 2 ** 20
const GI = 2 ** 30

/** Of 10Gi, all but 900Mi of it used. */
function usage(figures: Partial<ClaimUsage> = {}): ClaimUsage {
  return {
    namespace: 'shop',
    claim: 'data-web-0',
    nodeName: 'node-a',
    capacityBytes: 10 * GI,
    usedBytes: 5 * GI,
    availableBytes: 5 * GI,
    inodes: 655_360,
    inodesUsed: 1000,
    inodesFree: 654_360,
    measuredAt: NOW,
    ...figures,
  }
}

const bytes = (all: number, free: number) => ({
  usedBytes: all - free,
  availableBytes: free,
  capacityBytes: all,
})
const inodes = (all: number, free: number) => ({inodes: all, inodesUsed: all - free, inodesFree: free})

function facts(figures: Partial<ClaimUsage>, others: Facts = {}): Facts {
  return {
    statefulSets: [statefulSet()],
    pods: [pod()],
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume()],
    storageClasses: [storageClass({allowVolumeExpansion: true} as Partial<StorageClass>)],
    usage: [usage(figures)],
    ...others,
  }
}

test('a full disk: how full, who says so, and room for more', () => {
  expect(about(disk, facts(bytes(10 * GI, 12 * MI)))).toEqual({
    id: 'disk-full',
    severity: 'error',
    message: 'The volume is full: 12Mi of 10240Mi are free (claim data-web-0)',
    object: {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'},
    evidence: [
      `kubelet of node/node-a at ${NOW}: capacityBytes=10737418240 usedBytes=10724835328 availableBytes=12582912 inodes=655360 inodesUsed=1000 inodesFree=654360`,
    ],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [
        {
          text: 'expand the claim, by half for instance: StorageClass fast allows it',
          commands: [
            `kubectl patch pvc -n shop data-web-0 -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'`,
          ],
        },
        {
          text: 'have the application itself give space free, by its own means: shorter retention, compaction, fewer replicas of the data',
          commands: [],
        },
      ],
      risk: 'a claim can grow and never shrink',
      avoid:
        'delete files by hand: what looks old, such as a log of transactions, may be what the application recovers from',
      rung: 1,
    },
  })
})

test.for<[string, string | undefined, Partial<ClaimUsage>]>([
  ['nothing is free', 'disk-full', bytes(10 * GI, 0)],
  ['less than 1%', 'disk-full', bytes(10 * GI, 100 * MI)],
  ['less than 1%, which is still a segment', 'disk-nearly-full', bytes(1000 * GI, 2 * GI)],
  ['1%', 'disk-nearly-full', bytes(10_000 * MI, 100 * MI)],
  ['less than 3% of a large disk', 'disk-nearly-full', bytes(10_000 * GI, 299 * GI)],
  ['3% of a large disk', undefined, bytes(10_000 * GI, 300 * GI)],
  ['less than 10%', 'disk-nearly-full', bytes(100 * GI, 9 * GI)],
  ['less than 10%, which is much', undefined, bytes(1000 * GI, 60 * GI)],
  ['10%', undefined, bytes(100 * GI, 10 * GI)],
  ['nothing is on it', undefined, {usedBytes: 0, availableBytes: 0}],
  ['only its size is known, as of a block device', undefined, {usedBytes: null, availableBytes: null}],
  ['what is free is not known', undefined, {usedBytes: 10 * GI, availableBytes: null}],
  ['no inodes', 'disk-full', inodes(655_360, 0)],
  ['few inodes', 'disk-nearly-full', inodes(655_360, 20_000)],
  ['less than 1% of the inodes, which are many', 'disk-nearly-full', inodes(10_000_000, 50_000)],
  ['5% of the inodes', undefined, inodes(100_000, 5000)],
  ['inodes without limit', undefined, {inodes: null, inodesUsed: 1000, inodesFree: null}],
])('%s: %s', ([, id, figures]) => {
  expect(idOf(about(disk, facts(figures)))).toBe(id)
})

const FULL = bytes(10 * GI, 0)

test.for<[string, Facts]>([
  ['nobody has asked', (({usage: _, ...rest}) => rest)(facts(FULL))],
  ['no kubelet has told', facts(FULL, {usage: []})],
  ['of another claim', facts({...FULL, claim: 'data-web-1'})],
  ['of a namesake elsewhere', facts({...FULL, namespace: 'other'})],
  [
    'a volume that is only read',
    facts(FULL, {persistentVolumeClaims: [claim({spec: {accessModes: ['ReadOnlyMany']}})]}),
  ],
  ['a block device', facts(FULL, {persistentVolumeClaims: [claim({spec: {volumeMode: 'Block'}})]})],
  ['a claim that was not seen', facts(FULL, {persistentVolumeClaims: []})],
  [
    'inodes of a file system that makes them as it needs them',
    facts(inodes(33_290, 0), {
      persistentVolumes: [
        volume({spec: {csi: {driver: 'rook-ceph.cephfs.csi.ceph.com', volumeHandle: 'a'}}}),
      ],
    }),
  ],
])('not full: %s', ([, given]) => {
  expect(about(disk, given)).toBeUndefined()
})

test('of several nodes the one counts that sees least', () => {
  const two = [usage({nodeName: 'node-b'}), usage({...FULL, nodeName: 'node-c'})]
  expect(about(disk, facts({}, {usage: two}))?.evidence[0]).toContain('node/node-c')
})

const grown = claim({spec: {resources: {requests: {storage: '5Gi'}}}})

test.for<[string, Facts, string]>([
  [
    'a class that forbids it',
    {storageClasses: [storageClass()]},
    'StorageClass fast does not allow volume expansion; if its driver can expand volumes, set allowVolumeExpansion there',
  ],
  [
    'a class that was not seen',
    {storageClasses: []},
    'if its StorageClass allows volume expansion, ask for more in spec.resources.requests.storage of the claim',
  ],
  [
    'a disk of the node',
    {persistentVolumes: [volume({spec: {local: {path: '/mnt/a'}}})]},
    'the volume is a directory or a disk of node node-a, which may hold other things as well: make room there',
  ],
  [
    'one that is growing',
    {persistentVolumeClaims: [grown]},
    'the claim asks for more already: see to it that its expansion ends',
  ],
])('%s: no command, and never to delete anything', ([, others, text]) => {
  const {remedy} = about(disk, facts(FULL, others)) ?? {}
  expect(remedy?.act[0]).toEqual({text, commands: []})
  expect(remedy?.act.flatMap(({commands}) => commands)).toEqual([])
  expect(remedy?.rung).toBe(0)
})

test('a crash loop on a full disk follows from it', () => {
  const crashing = pod({
    status: {
      conditions: [
        {type: 'PodScheduled', status: 'True'},
        {type: 'Initialized', status: 'True'},
        {type: 'Ready', status: 'False', reason: 'ContainersNotReady'},
      ],
      containerStatuses: [crashed('web', {exitCode: 1})],
    },
  })
  const {set, ordinal, relations} = ordinalSubject(facts(FULL, {pods: [crashing]}))
  const subject = {kind: 'Pod', namespace: 'shop', name: 'web-0'}
  const found = blame(ordinalFindings(set, ordinal, relations), {subject, blockers: []}, relations)
  expect(found.map(({id, role}) => `${role} ${id}`)).toEqual(['cause disk-full', 'consequence crash-loop'])
})
