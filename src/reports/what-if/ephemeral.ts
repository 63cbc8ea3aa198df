import {nameOf, type Pod} from '../../model/objects.ts'

/** Names of volumes of a Pod that end with it. */
export function ephemeralVolumes({spec}: Pod): readonly string[] {
  return (spec?.volumes ?? []).flatMap(({name, emptyDir, ephemeral}) => (emptyDir || ephemeral ? [name] : []))
}

export function ephemeralText(pod: Pod): string {
  return `what ${nameOf(pod)} keeps in ${ephemeralVolumes(pod).join(', ')} goes with it`
}
