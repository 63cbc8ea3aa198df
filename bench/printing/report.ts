import type {Results} from '../measuring/results.ts'
import {objectsIn} from '../size.ts'
import {growthPlot} from './growth.ts'
import {rowsTable} from './rows.ts'
import {stagesTable} from './stages.ts'

/** All results as Markdown. */
export function report({at, machine, node, kubernetes, size, rows, growth}: Results): string {
  const {nodes, sets, replicas, daemons} = size
  const cluster = `${nodes} nodes, ${sets} StatefulSets of ${replicas} ordinals, ${daemons} DaemonSets`
  const head = `Measured ${at} on ${machine}, Node ${node}, Kubernetes ${kubernetes}: ${cluster}, ${objectsIn(size)} objects.`
  const isPlotted = new Set(growth.map(({objects}) => objects)).size > 1
  const plot = `### Growth\n\n\`\`\`text\n${growthPlot(growth)}\n\`\`\``
  const stages = `### Stages of ours, in seconds\n\n${stagesTable(rows)}`
  return [head, rowsTable(rows), stages, ...(isPlotted ? [plot] : [])].join('\n\n')
}
