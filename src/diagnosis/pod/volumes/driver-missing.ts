import {bringerOf} from '../../../model/agents.ts'
import type {Relations} from '../../../model/relations.ts'
import {agentPlace, agentText} from '../../agent-place.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {DRIVER_MISSING} from './mount-messages.ts'

/** The attacher, the kubelet and the scheduler, each in its own words: the driver does not run on that node. */
const TEXTS = [
  /CSINode [\s\S]+? does not contain driver (?<driver>[\w.-]*\w)/i,
  /driver name (?<driver>\S+) not found in the list of registered CSI drivers/i,
  /(?<![\w.-])(?<driver>[\w.-]{1,253}) CSI driver is not installed on the node/i,
]

/** The driver that a text says is missing on a node; undefined for another text. */
export function missingDriver(text: string | undefined): string | undefined {
  return TEXTS.map((each) => each.exec(text ?? '')?.groups?.driver).find((driver) => driver !== undefined)
}

/** What is to be said where a driver is missing on a node. */
export interface DriverMissing extends Pick<Finding, 'id' | 'blames'> {
  readonly driver: string
  /** After the node, where that does not say so itself. */
  readonly why: string
  readonly evidence: readonly string[]
  readonly commands: readonly string[]
  readonly advice: string
}

/** Which DaemonSet brings the driver to the node, and why it does not; undefined for another text. */
export function driverMissing(
  text: string | undefined,
  nodeName: string,
  {snapshot, ...relations}: Relations,
): DriverMissing | undefined {
  const driver = missingDriver(text)
  if (driver === undefined) return undefined
  const {daemonSets} = snapshot
  const set = relations.once(`bringer of ${driver}`, daemonSets, () => bringerOf(driver, daemonSets))
  const place = set && agentPlace(set, nodeName, {...relations, snapshot})
  const readNode = kubectl('get', 'csinode', nodeName, '-o', 'yaml')
  if (!set || !place) {
    const advice = `see which DaemonSet brings driver ${driver} to the nodes, and why not to this one: a taint, a selector, or a Pod of it that fails`
    return {id: DRIVER_MISSING, driver, why: '', evidence: [], commands: [readNode], advice}
  }
  return {
    id: DRIVER_MISSING,
    driver,
    blames: place.blames,
    why: `; ${agentText(set)}, which brings that driver, ${place.text}`,
    evidence: place.evidence,
    commands: [...place.commands, readNode],
    advice: place.advice,
  }
}
