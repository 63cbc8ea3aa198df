import {describe, expect, test} from 'vitest'
import type {PersistentVolume} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import type {Change} from '../../../src/reports/what-if/change.ts'
import {claim, pinnedTo, pod, volume} from '../../builders.ts'
import {named, web, whatIf, whatIfUnseen} from './asking.ts'

const NODE = named('nodes', 'node-a')
const SET = named('statefulSets', 'web')
const POD = named('pods', 'web-0')
const drain: Change = {action: 'drain', neverReady: []}
const scaledTo = (replicas: number): Change => ({action: 'scale', replicas, neverReady: []})
const deleted: Change = {action: 'delete', isOrphaning: false, neverReady: []}
const updated: Change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []}
const classes = [{metadata: {name: 'fast'}, provisioner: 'disk.example.com'}]
const mounting = (name: string, nodeName: string, claimName: string) =>
  pod({
    name,
    metadata: {labels: {}, ownerReferences: []},
    spec: {nodeName, volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]},
  })

/** The set `web`, whose template names the claim `shared`, with these Pods. */
function sharing(...names: readonly string[]): Partial<Observed> {
  const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'shared'}}]
  const facts = web(names.length)
  return {
    ...facts,
    storageClasses: classes,
    statefulSets: (facts.statefulSets ?? []).map((set) => ({
      ...set,
      spec: {...set.spec, template: {metadata: {labels: {app: 'web'}}, spec: {containers: [], volumes}}},
    })) as Observed['statefulSets'],
    pods: (facts.pods ?? []).map((each) => ({...each, spec: {containers: [], ...each.spec, volumes}})),
  }
}

describe('a claim that somebody has deleted, and that a Pod still keeps', () => {
  const terminating = (name: string) =>
    claim({name, metadata: {name, namespace: 'shop', deletionTimestamp: '2026-05-01T11:00:00Z'}})

  /** The set `web`, with the disk of its only ordinal on the way out. */
  const leaving: Partial<Observed> = {
    ...web(1, {pinned: true}),
    storageClasses: classes,
    persistentVolumeClaims: [terminating('data-web-0')],
  }
  const shared: Partial<Observed> = {
    ...sharing('web-0'),
    persistentVolumeClaims: [terminating('shared')],
    persistentVolumes: [volume({name: 'pv-shared'})],
  }

  test.each([
    [drain, NODE],
    [deleted, POD],
    [updated, SET],
    [scaledTo(0), SET],
    [deleted, SET],
  ])('%o: what it holds is destroyed with its last Pod', (change, subject) => {
    expect(whatIf(leaving, change, subject).losses).toMatchObject([
      {
        name: 'data-web-0',
        destroysData: true,
        message: expect.stringContaining('once web-0 is gone, as somebody has deleted it already'),
      },
    ])
  })

  test('a finalizer of somebody else keeps it until that one removes it', () => {
    const [kept] = leaving.persistentVolumeClaims ?? []
    const finalizers = ['kubernetes.io/pvc-protection', 'backup.example.com/hold']
    const facts = {...leaving, persistentVolumeClaims: [{...kept, metadata: {...kept?.metadata, finalizers}}]}
    const [loss] = whatIf(facts as Partial<Observed>, scaledTo(0), SET).losses
    expect(loss?.message).toContain(
      ': it stays Terminating until backup.example.com/hold is removed from it; then its volume ',
    )
  })

  test('its set makes a new one, which is bound to no node', () => {
    const {pods, end} = whatIf(leaving, drain, NODE)
    expect(pods).toMatchObject([{name: 'web-0', returns: 'Yes', nodes: ['node-b', 'node-c']}])
    expect(end).toMatchObject({
      state: 'Short',
      message: expect.stringMatching(/^the data of data-web-0 is destroyed; 1 Pod leaves node-a, /),
    })
    // who tolerates the taint stays, and keeps it
    expect(whatIf(leaving, {...drain, action: 'cordon'}, NODE).end.state).toBe('Done')
  })

  test('nobody makes one again that no template makes', () => {
    const {pods, end, losses} = whatIf(shared, drain, NODE)
    const message = 'its claim shared is being deleted, and nobody recreates it'
    expect(pods).toMatchObject([{name: 'web-0', returns: 'No', message}])
    expect(end.state).toBe('Short')
    expect(losses).toMatchObject([{name: 'shared', destroysData: true}])
  })

  test('near miss: another Pod keeps it, and its set waits', () => {
    const other = mounting('reader', 'node-b', 'data-web-0')
    const {pods, losses} = whatIf({...leaving, pods: [...(leaving.pods ?? []), other]}, drain, NODE)
    expect(losses).toEqual([])
    expect(pods).toMatchObject([{name: 'web-0', returns: 'No'}])
    expect(pods[0]?.message).toContain('waits for claim data-web-0, which is being deleted, to be gone')
  })

  test('near miss: whoever is on no node keeps nothing, and a claim that nobody has deleted is kept', () => {
    const {nodeName: _, ...spec} = mounting('reader', 'node-b', 'data-web-0').spec ?? {containers: []}
    const waiting = {...mounting('reader', 'node-b', 'data-web-0'), spec}
    const {losses} = whatIf({...leaving, pods: [...(leaving.pods ?? []), waiting]}, drain, NODE)
    expect(losses).toHaveLength(1)
    expect(whatIf({...web(1, {pinned: true}), storageClasses: classes}, drain, NODE).losses).toEqual([])
  })

  test('another finalizer keeps it besides: its set waits for whoever has set that', () => {
    const metadata = {...terminating('data-web-0').metadata, finalizers: ['example.com/backup']}
    const {pods, losses} = whatIf({...leaving, persistentVolumeClaims: [claim({metadata})]}, drain, NODE)
    expect(pods).toMatchObject([{name: 'web-0', returns: 'No'}])
    expect(losses).toHaveLength(1)
  })
})

describe('claims go with whoever their ownerReferences name', () => {
  const ownerOf = (kind: string, uid: string) => ({
    apiVersion: 'apps/v1',
    kind,
    name: 'x',
    uid,
    controller: true,
  })
  const ofSet = ownerOf('StatefulSet', 'uid-web')
  const stranger = ownerOf('Backup', 'uid-of-a-backup')
  type Owner = typeof ofSet

  /** The set `web` with one ordinal, and the claims of three: each has these owners. */
  function owned(owners: readonly (readonly Owner[])[], policy = {}): Partial<Observed> {
    const facts = web(1, {pinned: true, spec: {persistentVolumeClaimRetentionPolicy: policy}})
    return {
      ...facts,
      storageClasses: classes,
      persistentVolumeClaims: owners.map((ownerReferences, ordinal) =>
        claim({name: `data-web-${ordinal}`, metadata: {ownerReferences: [...ownerReferences]}}),
      ),
      persistentVolumes: owners.map((_, ordinal) => volume({name: `pv-data-web-${ordinal}`})),
    }
  }
  const lostIn = (facts: Partial<Observed>, change: Change, subject = SET) =>
    whatIf(facts, change, subject).losses.map(({name}) => name)

  test('a set that is deleted takes what it owns, whatever its policy says now', () => {
    const facts = owned([[], [ofSet], []])
    const {losses, end} = whatIf(facts, deleted, SET)
    expect(losses.map(({name, message}) => [name, message])).toEqual([
      ['data-web-1', expect.stringContaining('is deleted with the set, which owns it')],
    ])
    expect(end.message).toContain('the data of data-web-1 is destroyed')
    expect(end.message).toContain('; data-web-0 and data-web-2, and what they hold, stay')
  })

  test('near miss: with whenDeleted: Delete a claim that is not its own, or not its alone, stays', () => {
    const facts = owned([[ofSet], [], [ofSet, stranger]], {whenDeleted: 'Delete'})
    expect(lostIn(facts, deleted)).toEqual(['data-web-0'])
    expect(lostIn(owned([[], []], {whenDeleted: 'Delete'}), deleted)).toEqual([])
    expect(lostIn(owned([[ofSet]]), {...deleted, isOrphaning: true})).toEqual([])
  })

  test('a Pod takes what it owns', () => {
    const ofPod = ownerOf('Pod', 'uid-web-0')
    expect(lostIn(owned([[ofPod]]), deleted, POD)).toEqual(['data-web-0'])
    expect(lostIn(owned([[ofPod, ofSet]]), deleted, POD)).toEqual([])
    expect(lostIn(owned([[ofPod, ofSet]]), deleted)).toEqual(['data-web-0'])
  })

  test.each([
    [[], ['data-web-0']],
    [[ofSet], ['data-web-0']],
    [[stranger], []],
    [[{...stranger, controller: false}], []],
  ])('with whenScaled: Delete a claim of %o goes or stays', (owners, lost) => {
    expect(lostIn(owned([owners], {whenScaled: 'Delete'}), scaledTo(0))).toEqual(lost)
  })
})

describe('a claim without which no node takes a Pod', () => {
  const bigger = (others: Partial<Observed>) => whatIf({...sharing('web-0'), ...others}, scaledTo(2), SET)
  const shared = claim({name: 'shared'})

  test.each([
    [[], [], 'its claim shared does not exist, and nobody creates it'],
    [
      [claim({name: 'shared', status: {phase: 'Lost'}})],
      [volume({name: 'pv-shared'})],
      'its claim shared is bound to a volume that does not exist',
    ],
    [[shared], [], 'its claim shared is bound to a volume that does not exist'],
  ])('%#: nothing else is asked', (persistentVolumeClaims, persistentVolumes, message) => {
    const {pods, end} = bigger({persistentVolumeClaims, persistentVolumes})
    expect(pods).toMatchObject([{name: 'web-1', returns: 'No', nodes: [], message}])
    expect(end.state).toBe('Stopped')
  })

  test('near miss: one that is there, and one that a template makes', () => {
    const there = bigger({persistentVolumeClaims: [shared], persistentVolumes: [volume({name: 'pv-shared'})]})
    expect(there.pods).toMatchObject([{name: 'web-1', returns: 'Yes'}])
    const made = whatIf({...web(1, {pinned: true}), storageClasses: classes}, scaledTo(2), SET)
    expect(made.pods).toMatchObject([{name: 'web-1', returns: 'Yes'}])
  })

  test('near miss: where claims or volumes were not seen nobody can tell', () => {
    const unseen = (key: 'persistentVolumeClaims' | 'persistentVolumes', given: Partial<Observed>) =>
      whatIfUnseen([key], {...sharing('web-0'), ...given}, scaledTo(2), SET).pods
    expect(unseen('persistentVolumeClaims', {})).toMatchObject([{returns: null}])
    expect(unseen('persistentVolumes', {persistentVolumeClaims: [shared]})).toMatchObject([{returns: null}])
  })
})

describe('a new claim in place of one that is deleted', () => {
  const again = 'a new and empty one is created in its place'
  const endOf = (facts: Partial<Observed>, name: string) =>
    whatIf(facts, deleted, named('persistentVolumeClaims', name)).end.message
  const disks = web(2, {pinned: true})

  test('is made of a template', () => {
    expect(endOf(disks, 'data-web-1')).toContain(again)
  })

  test('near miss: not of one that the Pod template names, nor for an ordinal that goes', () => {
    const persistentVolumeClaims = [claim({name: 'shared'})]
    const persistentVolumes = [volume({name: 'pv-shared'})]
    expect(endOf({...sharing('web-0'), persistentVolumeClaims, persistentVolumes}, 'shared')).not.toContain(
      again,
    )
    const {statefulSets = []} = web(1, {pinned: true})
    expect(endOf({...disks, statefulSets}, 'data-web-1')).not.toContain(again)
  })

  test('where its set was not seen nobody can tell', () => {
    const subject = named('persistentVolumeClaims', 'data-web-1')
    const {statefulSets: _, ...unseen} = disks
    const {end} = whatIfUnseen(['statefulSets'], unseen, deleted, subject)
    expect(end.message).toContain('whether a new one is created in its place is <unknown>')
  })
})

describe('new claims for which nobody makes a volume', () => {
  const local = [{metadata: {name: 'fast'}, provisioner: 'kubernetes.io/no-provisioner'}]
  type VolumeSpec = Partial<NonNullable<PersistentVolume['spec']>>
  const free = (name: string, {claimRef, ...spec}: VolumeSpec = {}): PersistentVolume => {
    const {claimRef: _, ...others} = volume({name}).spec ?? {}
    return {
      ...volume({name}),
      spec: {
        ...others,
        ...pinnedTo('kubernetes.io/hostname', 'node-b'),
        ...spec,
        ...(claimRef && {claimRef}),
      },
      status: {phase: 'Available'},
    }
  }
  /** The set `web` of one ordinal, whose template has these volumes to choose from, with two or more. */
  function grown(
    volumes: readonly PersistentVolume[],
    {
      replicas = 2,
      policy = 'OrderedReady',
      ...others
    }: Partial<Observed> & {replicas?: number; policy?: string} = {},
  ) {
    const facts = web(1, {pinned: true, spec: {podManagementPolicy: policy}})
    const persistentVolumes = [...(facts.persistentVolumes ?? []), ...volumes]
    const {pods} = whatIf(
      {...facts, storageClasses: local, persistentVolumes, ...others},
      scaledTo(replicas),
      SET,
    )
    return pods.map(({name, returns, nodes}) => [name, returns, nodes])
  }

  test.each([
    ['too small', {capacity: {storage: '512Mi'}}],
    ['raw', {volumeMode: 'Block'}],
    ['for many readers', {accessModes: ['ReadOnlyMany']}],
    ['of another class', {storageClassName: 'slow'}],
    ['kept for another', {claimRef: {namespace: 'shop', name: 'other'}}],
    [
      'kept for an earlier claim of the name',
      {claimRef: {namespace: 'shop', name: 'data-web-1', uid: 'old'}},
    ],
  ])('one that is %s is none', (_, spec) => {
    expect(grown([free('pv-b', spec)])).toEqual([['web-1', 'No', []]])
    expect(grown([free('pv-b', spec), free('pv-c')])).toEqual([['web-1', 'Yes', ['node-b']]])
  })

  test('near miss: as large as it is asked to be, or kept for that claim', () => {
    const claimRef = {namespace: 'shop', name: 'data-web-1'}
    expect(grown([free('pv-b', {capacity: {storage: '1Gi'}})])).toEqual([['web-1', 'Yes', ['node-b']]])
    expect(grown([free('pv-b', {claimRef})])).toEqual([['web-1', 'Yes', ['node-b']]])
  })

  test.each(['OrderedReady', 'Parallel'])('%s: there are no more of them than there are', (policy) => {
    const two = grown([free('pv-b')], {policy, replicas: 3}).map(([, returns]) => returns)
    expect(two).toContain('Maybe')
    const enough = grown([free('pv-b'), free('pv-c')], {policy, replicas: 3}).map(([, returns]) => returns)
    expect(enough).toEqual(['Yes', 'Yes'])
  })

  test('a class that does not exist makes none, and no class has no default then', () => {
    expect(grown([], {storageClasses: []})).toEqual([['web-1', 'No', []]])
    expect(grown([free('pv-b')], {storageClasses: []})).toEqual([['web-1', 'Yes', ['node-b']]])
    const made = [{metadata: {name: 'fast'}, provisioner: 'disk.example.com'}]
    expect(grown([], {storageClasses: made})).toEqual([['web-1', 'Yes', ['node-a', 'node-b', 'node-c']]])
  })

  test('where volumes were not seen nobody can tell', () => {
    const {persistentVolumes: _, ...unseen} = {...web(1, {pinned: true}), storageClasses: local}
    expect(whatIfUnseen(['persistentVolumes'], unseen, scaledTo(2), SET).pods).toMatchObject([
      {returns: null},
    ])
  })
})
