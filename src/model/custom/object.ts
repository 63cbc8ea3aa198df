import type {KubernetesObject} from '../objects.ts'

/** A type of an operator of its own, as somebody has typed it: `clusters.postgresql.cnpg.io/pg`. */
export interface CustomName {
  /** Its first word, in small letters. */
  readonly type: string
  /** What stands behind that: a group, or a version and a group. */
  readonly group: string
  readonly name: string
}

/** A type that a cluster has, as it tells it itself. */
export interface CustomKind {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
}

/** An object of such a type. What stands in it is its operator's affair: nothing is known of its shape. */
export interface CustomObject extends KubernetesObject {
  readonly of: CustomKind
  readonly spec: unknown
  readonly status: unknown
}

/** How an operator's own word for the state of an object is to be taken. */
export interface OperatorPhase {
  readonly text: string
  readonly isWell: boolean
  readonly waitsForPerson: boolean
}
