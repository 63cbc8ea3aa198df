/** The parts of docs/causes.md that are not about one cause. */

export const INTRODUCTION = `What can stop a StatefulSet, a DaemonSet or the volumes under them, one page for each id that \`kubectl stateful\` prints. Look an id up here when its finding is too short for you.

Words in \`code\` are those of Kubernetes, or commands. \`<angle brackets>\` stand for your own names, and \`-n <namespace>\` is left out. Versions are those of the control plane, or of the kubelet where the kubelet is meant; \`1.27 and newer\` means that older ones differ. Events are kept for an hour by default, and some causes never make one: a missing event proves nothing.`

/** `example`: a finding as a command prints it. */
export function howToRead(example: string): string {
  return `## How to read a finding

\`\`\`
${example}
\`\`\`

- \`Error\`: something is broken or can't go on. \`Warning\`: it works, but not as intended, or will stop later. \`Note\`: somebody wants it so, and it is easily taken for a fault.
- \`Follows\`: a consequence of the first finding. Fix that one first.
- The sentence says the cause, then where it is. \`for 12m\` is how long already. \`needs you\`: it does not end without a person. \`heals by itself\`: wait. Neither: it ends by itself if what it waits for comes. The last word is the id, which never changes: scripts can rely on it.
- \`Also\`: more objects with the same cause.
- \`Look\`: commands that change nothing. Run them first, to see whether the diagnosis is right.
- \`Act\`: what helps. Numbers are a choice, the gentlest first. The text says in which case; the commands under it can be copied whole. Nothing is run for you.
- \`Risk\`: the worst that \`Act\` can do. \`Risk 4/6\` names the step on the ladder below, where it is above 1.
- \`Don't\`: what one is tempted to do, and what it destroys.
- \`Proof\`: the object, field or event that says so, one on each line. Go there if you doubt the finding.
- With \`-o json\` a finding has \`selfHealing\` (\`no\`, \`yes\` or \`maybe\`) for \`needs you\`, \`heals by itself\` or neither, and \`remedy\` with \`look\`, \`act\`, \`risk\`, \`avoid\` and \`rung\`, the step on the ladder.

One cause hides another: a Pod that waits for its claim is reported once, at the claim. Fix the first error, then ask again.`
}

export const LADDER = `## What a remedy may cost

Every remedy has a step on this ladder, its rung. Take the lowest one that helps. From rung 4 on you assert something that Kubernetes can't check and simply believes.

| rung | what you do | what you assert by it | the worst that can come of it |
|---|---|---|---|
| 0 | look, or wait | nothing | time passes |
| 1 | edit the template, scale, move the partition | that you want the rollout which follows | more Pods restart |
| 2 | \`kubectl delete pod <pod>\` and let it shut down | that this member may be away for a while | the quorum has one member less |
| 3 | \`kubectl delete statefulset <set> --cascade=orphan\`, then apply it again | that the new set fits the Pods that run | the new set can't adopt them, or changes them in a way that you did not mean |
| 4 | taint a node \`node.kubernetes.io/out-of-service\`, or delete its Node | that the machine is off, and does not come back with these Pods | a disk is taken from a process that still writes to it, and its data is corrupted |
| 5 | \`kubectl delete pod <pod> --grace-period=0 --force\`, or remove finalizers by hand | that the process is dead, or that the clean-up is done | two members with one identity, a split brain; disks and addresses that nobody releases |
| 6 | \`kubectl delete pvc <claim>\` | that nobody needs the data, or that its volume has reclaim policy \`Retain\` | the data is gone permanently |

To see that a machine is off, ask whoever runs it: its power, its hypervisor, its cloud. That its node is \`NotReady\` proves nothing, since a machine that can't reach the API server can still write to its disks.`
