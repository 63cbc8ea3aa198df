import type {Answer} from './answer.ts'
import type {Loss, WhatIfEnd} from './report.ts'
import {few} from './words.ts'

/** The end with the data of claims that it destroys before all else that it says: what is gone for good is missing. */
export function lossFirst(end: WhatIfEnd, losses: readonly Loss[]): WhatIfEnd {
  const names = losses.filter(isDestroyed).map(({name}) => name)
  if (names.length === 0) return end
  const state = end.state === 'Done' ? 'Short' : end.state
  return {...end, state, message: `the data of ${few(names)} is destroyed; ${end.message}`}
}

/** Whoever keeps data in what is made for one Pod alone expects that it goes. */
function isDestroyed({kind, destroysData, isEphemeral}: Loss): boolean {
  return kind === 'PersistentVolumeClaim' && destroysData === true && !isEphemeral
}

/** A command that destroys, or may destroy, what claims hold, with that danger before all others. */
export function withLossDanger(command: Answer['command'], losses: readonly Loss[]): Answer['command'] {
  const isLost = ({kind, destroysData}: Loss) => kind === 'PersistentVolumeClaim' && destroysData !== false
  if (!command || !losses.some(isLost)) return command
  return {...command, danger: ['it destroys data', command.danger].filter(Boolean).join('; ')}
}
