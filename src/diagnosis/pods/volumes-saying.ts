import type {Finding, Severity} from '../finding.ts'

/** What a kubelet or the attach-detach controller says of a Pod's volumes, in all wordings of 1.20 to 1.37. */
export interface VolumeSaying {
  readonly id: string
  readonly severity: Severity
  readonly reasons: readonly string[]
  readonly pattern: RegExp
  readonly selfHealing: Finding['selfHealing']
  readonly advice: string
  readonly danger?: string
}
