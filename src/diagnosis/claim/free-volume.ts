import {nameOf, type PersistentVolume} from '../../model/objects.ts'
import type {Act} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'

const RETAIN = JSON.stringify({spec: {persistentVolumeReclaimPolicy: 'Retain'}})

type Path = '/spec/claimRef' | '/spec/claimRef/uid'

/**
 * Lets another claim have the volume: of a `claimRef` without its uid it is kept for the claim of that name, without all of
 * it anybody's. What would be deleted once it is free is kept from that first. The condition stands before it.
 */
export function freeVolume(volume: PersistentVolume, path: Path, condition: string): Act {
  const name = nameOf(volume)
  const policy = volume.spec?.persistentVolumeReclaimPolicy ?? 'Delete'
  const isRetained = policy === 'Retain'
  const free = `take ${path.slice(1).replaceAll('/', '.')} out of the volume`
  return {
    text: `${condition}: ${isRetained ? `${free}; its reclaim policy is Retain, so nothing deletes it` : `set its reclaim policy to Retain first (it is ${policy}, and the data may be deleted), then ${free}`}`,
    commands: [
      ...(isRetained ? [] : [kubectl('patch', 'pv', name, '-p', RETAIN)]),
      kubectl('patch', 'pv', name, '--type=json', '-p', JSON.stringify([{op: 'remove', path}])),
    ],
  }
}

/** Whose it is, and what becomes of it: to be read before it is freed. */
export function readVolume(volume: PersistentVolume): string {
  return kubectl('get', 'pv', nameOf(volume), '-o', 'yaml')
}
