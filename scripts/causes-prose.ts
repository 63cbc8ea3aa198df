/** The parts of docs/causes.md that are not about one cause. */

export const INTRODUCTION = `What can stop a StatefulSet, a DaemonSet or the volumes under them, one entry per id that \`kubectl stateful\` prints. Look an id up here when its finding is too short for you.

Words in \`code\` are those of Kubernetes, or commands. \`<angle brackets>\` stand for your own names, and \`-n <namespace>\` is left out. Versions are those of the control plane, of the kubelet where it speaks; \`1.27 and newer\` means that older ones differ. Events are kept for an hour by default, and some causes never make one: a missing event proves nothing.`

export const HOW_TO_READ = `## How to read a finding

\`\`\`
Error     Ordinal 1 can't come back: volume disk-b1 is only reachable from node node-b, and no such node exists   sched-pv-node-affinity
Also      Ordinal 4 can't come back: volume disk-b0 is only reachable from node node-b, and no such node exists
Evidence  pv/disk-b1 spec.nodeAffinity allows node node-b
Danger    deleting the claim would give the ordinal a new, empty volume, and give this data up for ever
Remedy    kubectl get nodes
          kubectl describe pod -n shop db-1
          bring a fitting node back: the data of disk-b1 is only there
\`\`\`

- \`Error\`: something is broken or can't go on. \`Warning\`: it works, but not as meant, or will stop later. \`Note\`: as somebody wanted it, and easily taken for a fault.
- The sentence names the object and what is wrong with it. \`(for 12m)\` is since when, if anything tells. At its end stands the id, which never changes: scripts can go by it.
- \`Also\`: more objects with the same cause.
- \`Evidence\`: the object, field or event that proves it. Go there if you doubt it.
- \`Danger\`: the worst that the remedy can do. It stands before the commands; read it before you copy them.
- \`Remedy\`: commands in their order, checks first; then, in words, what no command can say. Nothing is run for you.
- With \`-o json\` a finding also has \`selfHealing\` (\`yes\`: wait; \`no\`: a person has to act; \`maybe\`: it ends by itself if what it waits for comes) and \`remedy.rung\`, the step on the ladder below.

One cause hides another: a Pod that waits for its claim is reported once, at the claim. Mend the first error, then ask again.`

export const LADDER = `## What a remedy may cost

Each remedy has a rung. Take the lowest that helps. From rung 4 on you assert something that Kubernetes can't check, and believes.

| rung | what you do | what you assert by it | the worst that can come of it |
|---|---|---|---|
| 0 | look, or wait | nothing | time passes |
| 1 | edit the template, scale, move the partition | that you want the rollout which follows | more Pods restart |
| 2 | \`kubectl delete pod <pod>\` and let it shut down | that this member may be away for a while | the quorum has one member less |
| 3 | \`kubectl delete statefulset <set> --cascade=orphan\`, then apply it anew | that the new set fits the Pods that run | the new set can't adopt them, or changes them in a way that you did not mean |
| 4 | taint a node \`node.kubernetes.io/out-of-service\`, or delete its Node | that the machine is off, and does not come back with these Pods | a disk is taken from a process that still writes to it, and its data is corrupted |
| 5 | \`kubectl delete pod <pod> --grace-period=0 --force\`, or remove finalizers by hand | that the process is dead, or that the clean-up is done | two members with one identity, a split brain; disks and addresses that nobody frees |
| 6 | \`kubectl delete pvc <claim>\` | that nobody needs the data, or that its volume has reclaim policy \`Retain\` | the data is gone for ever |

To see that a machine is off, ask whoever runs it: its power, its hypervisor, its cloud. That its node is \`NotReady\` proves nothing, since a machine that can't reach the API server can still write to its disks.`
