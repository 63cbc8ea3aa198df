/** An object with its path, whose status is written by a request of its own. */
interface Stored {
  readonly path: string
  readonly object: {readonly status?: object; readonly [field: string]: unknown}
}

const TIME = '2026-01-02T03:04:05Z'
const labels = {app: 'rich'}
const matchExpressions = [{key: 'app', operator: 'In', values: ['rich', 'poor']}]
const term = {
  labelSelector: {matchLabels: labels, matchExpressions},
  topologyKey: 'kubernetes.io/hostname',
  namespaceSelector: {},
  namespaces: ['rich'],
}
const nodeTerm = {
  matchExpressions: [{key: 'disk', operator: 'Exists'}],
  matchFields: [{key: 'metadata.name', operator: 'In', values: ['rich']}],
}

const probe = {
  exec: {command: ['true']},
  initialDelaySeconds: 1,
  timeoutSeconds: 2,
  periodSeconds: 3,
  failureThreshold: 4,
}

const claimSpec = {
  accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
  resources: {requests: {storage: '1.5Gi'}, limits: {storage: '2000M'}},
  storageClassName: '',
  volumeMode: 'Filesystem',
  selector: {matchLabels: labels, matchExpressions},
}

/** As much as a Pod may say, with zeros, negative numbers, texts beyond ASCII and long ones. */
const podSpec = {
  nodeSelector: {disk: ''},
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [nodeTerm]},
      preferredDuringSchedulingIgnoredDuringExecution: [{weight: 7, preference: nodeTerm}],
    },
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{...term, matchLabelKeys: ['tier']}],
      preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: term}],
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{...term, mismatchLabelKeys: ['tier']}],
      preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: term}],
    },
  },
  topologySpreadConstraints: [
    {maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule'},
    {
      maxSkew: 2,
      topologyKey: 'host',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: {matchLabels: {app: 'rich'}},
      matchLabelKeys: ['pod-template-hash'],
      minDomains: 3,
      nodeAffinityPolicy: 'Ignore',
      nodeTaintsPolicy: 'Honor',
    },
  ],
  tolerations: [
    {operator: 'Exists'},
    {key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: -1},
    {key: 'a', effect: 'NoExecute', tolerationSeconds: 0},
  ],
  hostname: 'rich',
  subdomain: 'rich',
  hostNetwork: true,
  schedulingGates: [{name: 'example.com/gate'}],
  readinessGates: [{conditionType: 'example.com/ready'}],
  imagePullSecrets: [{name: 'registry'}],
  terminationGracePeriodSeconds: 0,
  securityContext: {fsGroup: 2_147_483_647, fsGroupChangePolicy: 'OnRootMismatch'},
  resources: {requests: {cpu: '1500m'}, limits: {cpu: '2'}},
  initContainers: [{name: 'first', image: 'i', restartPolicy: 'Always', startupProbe: probe}],
  containers: [
    {
      name: 'app',
      image: 'registry.example/a-name-that-is-longer-than-what-is-remembered:1.0',
      ports: [{containerPort: 80, hostPort: 80, name: 'http', hostIP: '127.0.0.1', protocol: 'UDP'}],
      resources: {requests: {cpu: '0.1', memory: '128974848'}, limits: {memory: '129e6'}},
      livenessProbe: probe,
      readinessProbe: {...probe, initialDelaySeconds: 0},
      lifecycle: {preStop: {exec: {command: ['true']}}},
      env: [{name: 'PASSWORD', value: 'hunter2'}],
    },
    {name: 'bare', image: ''.padEnd(3, 'ü')},
  ],
  volumes: [
    {name: 'empty', emptyDir: {}},
    {name: 'memory', emptyDir: {medium: 'Memory', sizeLimit: '1Gi'}},
    {name: 'host', hostPath: {path: '/var/lib', type: ''}},
    {name: 'claimed', persistentVolumeClaim: {claimName: 'data', readOnly: true}},
    {name: 'own', ephemeral: {volumeClaimTemplate: {spec: claimSpec}}},
    {name: 'settings', configMap: {name: 'none'}},
  ],
}

const template = {metadata: {labels, annotations: {'example.com/other': 'x'}}, spec: podSpec}
const metadata = {
  name: 'rich',
  namespace: 'rich',
  labels: {...labels, 'example.com/empty': ''},
  annotations: {'example.com/other': 'x'},
  finalizers: ['example.com/stay'],
}
const clusterWide = {...metadata, namespace: undefined}
const selector = {matchLabels: labels}
const condition = {
  type: 'Example',
  status: 'True',
  reason: 'Because',
  message: 'so «it» is',
  lastTransitionTime: TIME,
}
const apps = '/apis/apps/v1/namespaces/rich'
const core = '/api/v1/namespaces/rich'

export const RICH: readonly Stored[] = [
  {
    path: `${apps}/statefulsets`,
    object: {
      metadata,
      spec: {
        replicas: 0,
        ordinals: {start: 0},
        serviceName: 'rich',
        podManagementPolicy: 'Parallel',
        selector: {matchLabels: labels},
        minReadySeconds: 5,
        template,
        volumeClaimTemplates: [{metadata: {name: 'data', labels}, spec: claimSpec}],
        updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0, maxUnavailable: '50%'}},
        persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Delete', whenScaled: 'Retain'},
      },
      status: {replicas: 0, observedGeneration: 7, collisionCount: 0, conditions: [condition]},
    },
  },
  {
    path: `${apps}/daemonsets`,
    object: {
      metadata,
      spec: {
        selector,
        template: {metadata: {labels}, spec: {containers: [{name: 'app', image: 'i'}]}},
        updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 0, maxSurge: '25%'}},
      },
    },
  },
  {
    path: `${apps}/deployments`,
    object: {
      metadata,
      spec: {
        replicas: 0,
        selector,
        template: {metadata: {labels}, spec: {containers: [{name: 'app', image: 'i'}]}},
      },
    },
  },
  {
    path: `${core}/pods`,
    object: {
      metadata,
      spec: {...podSpec, initContainers: podSpec.initContainers.map((each) => ({...each}))},
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'no room',
        podIP: '10.0.0.1',
        nominatedNodeName: 'rich',
        conditions: [condition, {...condition, type: 'Probed', lastProbeTime: TIME}],
        containerStatuses: [
          {
            name: 'app',
            image: 'i',
            imageID: '',
            ready: false,
            restartCount: 0,
            started: false,
            state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off'}},
            lastState: {
              terminated: {
                exitCode: 137,
                signal: 9,
                reason: 'OOMKilled',
                message: 'x',
                startedAt: TIME,
                finishedAt: TIME,
                containerID: 'containerd://1',
              },
            },
          },
          {
            name: 'bare',
            image: 'i',
            imageID: '',
            ready: true,
            restartCount: 3,
            started: true,
            state: {running: {startedAt: TIME}},
          },
        ],
      },
    },
  },
  {
    path: `${core}/persistentvolumeclaims`,
    object: {
      metadata,
      spec: {...claimSpec, dataSource: {kind: 'PersistentVolumeClaim', name: 'other'}},
      status: {
        phase: 'Pending',
        accessModes: ['ReadWriteOnce'],
        capacity: {storage: '1Gi'},
        allocatedResources: {storage: '2Gi'},
        allocatedResourceStatuses: {storage: 'NodeResizePending'},
        conditions: [{...condition, lastProbeTime: TIME}],
      },
    },
  },
  {
    path: '/api/v1/persistentvolumes',
    object: {
      metadata: clusterWide,
      spec: {
        capacity: {storage: '10Gi'},
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'rich',
        volumeMode: 'Block',
        csi: {driver: 'csi.example', volumeHandle: 'v-1', volumeAttributes: {a: 'b'}},
        claimRef: {
          kind: 'PersistentVolumeClaim',
          namespace: 'rich',
          name: 'none',
          uid: 'u-1',
          apiVersion: 'v1',
          resourceVersion: '1',
        },
        nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: nodeTerm.matchExpressions}]}},
      },
      status: {phase: 'Released', reason: 'r', message: 'm'},
    },
  },
  {
    path: '/api/v1/persistentvolumes',
    object: {
      metadata: {name: 'nfs'},
      spec: {capacity: {storage: '1Ti'}, accessModes: ['ReadWriteMany'], nfs: {server: 's', path: '/'}},
    },
  },
  {
    path: '/api/v1/persistentvolumes',
    object: {
      metadata: {name: 'local'},
      spec: {
        capacity: {storage: '1'},
        accessModes: ['ReadWriteOnce'],
        local: {path: '/mnt'},
        nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: nodeTerm.matchExpressions}]}},
      },
    },
  },
  {
    path: '/apis/storage.k8s.io/v1/storageclasses',
    object: {
      metadata: clusterWide,
      provisioner: 'csi.example',
      allowVolumeExpansion: false,
      volumeBindingMode: 'Immediate',
      allowedTopologies: [
        {matchLabelExpressions: [{key: 'topology.kubernetes.io/zone', values: ['zone-a', 'zone-b']}]},
      ],
      parameters: {a: 'b'},
    },
  },
  {
    path: '/apis/storage.k8s.io/v1/volumeattachments',
    object: {
      metadata: clusterWide,
      spec: {attacher: 'csi.example', nodeName: 'rich', source: {persistentVolumeName: 'rich'}},
      status: {
        attached: false,
        attachError: {time: TIME, message: 'no'},
        detachError: {message: 'no time', time: TIME},
      },
    },
  },
  {
    path: '/apis/storage.k8s.io/v1/csinodes',
    object: {
      metadata: clusterWide,
      spec: {
        drivers: [
          {name: 'csi.example', nodeID: 'rich', topologyKeys: ['zone'], allocatable: {count: 0}},
          {name: 'free.example', nodeID: 'rich', topologyKeys: null},
        ],
      },
    },
  },
  {
    path: '/api/v1/nodes',
    object: {
      metadata: clusterWide,
      spec: {
        unschedulable: true,
        taints: [
          {key: 'a', effect: 'NoExecute', timeAdded: TIME},
          {key: 'b', value: 'c', effect: 'NoSchedule'},
        ],
      },
      status: {
        allocatable: {cpu: '3920m', memory: '1Ki'},
        capacity: {cpu: '4'},
        conditions: [{...condition, lastHeartbeatTime: TIME}],
        volumesInUse: ['kubernetes.io/csi/csi.example^v-1'],
        nodeInfo: {kubeletVersion: 'v1.37.1'},
      },
    },
  },
  {
    path: `${core}/services`,
    object: {
      metadata,
      spec: {selector: labels, clusterIP: 'None', publishNotReadyAddresses: true, ports: [{port: 80}]},
    },
  },
  {
    path: `${core}/events`,
    object: {
      metadata,
      involvedObject: {
        kind: 'Pod',
        namespace: 'rich',
        name: 'rich',
        uid: 'u',
        fieldPath: 'spec.containers{app}',
        apiVersion: 'v1',
      },
      reason: 'BackOff',
      message: '(combined from similar events): Back-off',
      type: 'Warning',
      count: 3,
      firstTimestamp: TIME,
      lastTimestamp: TIME,
    },
  },
  {
    path: `${core}/events`,
    object: {
      metadata: {name: 'new', namespace: 'rich'},
      involvedObject: {kind: 'Pod', namespace: 'rich', name: 'rich'},
      reason: 'FailedScheduling',
      action: 'Scheduling',
      reportingComponent: 'default-scheduler',
      reportingInstance: 'one',
      message: 'm',
      type: 'Warning',
      eventTime: '2026-01-02T03:04:05.000067Z',
      series: {count: 2, lastObservedTime: '2026-01-02T03:04:05.600000Z'},
    },
  },
  {
    path: '/apis/discovery.k8s.io/v1/namespaces/rich/endpointslices',
    object: {
      metadata: {...metadata, labels: {...labels, 'kubernetes.io/service-name': 'rich'}},
      addressType: 'IPv4',
      endpoints: [
        {
          addresses: ['10.0.0.1'],
          conditions: {ready: false, serving: true, terminating: true},
          hostname: 'rich-0',
          targetRef: {kind: 'Pod', namespace: 'rich', name: 'rich-0', uid: 'u'},
          nodeName: 'n',
          zone: 'z',
        },
        {addresses: ['10.0.0.2']},
      ],
      ports: [{name: 'p', port: 80, protocol: 'TCP'}],
    },
  },
  {
    path: '/apis/discovery.k8s.io/v1/namespaces/rich/endpointslices',
    object: {metadata: {name: 'empty', namespace: 'rich'}, addressType: 'IPv6', endpoints: []},
  },
  {
    path: '/apis/policy/v1/namespaces/rich/poddisruptionbudgets',
    object: {
      metadata,
      spec: {minAvailable: '50%', selector, unhealthyPodEvictionPolicy: 'AlwaysAllow'},
      status: {
        observedGeneration: 1,
        disruptionsAllowed: 0,
        currentHealthy: 0,
        desiredHealthy: 1,
        expectedPods: 2,
        disruptedPods: {rich: TIME},
        conditions: [{...condition, observedGeneration: 3}],
      },
    },
  },
  {
    path: '/apis/policy/v1/namespaces/rich/poddisruptionbudgets',
    object: {metadata: {name: 'all', namespace: 'rich'}, spec: {maxUnavailable: 0, selector: {}}},
  },
  {
    path: '/apis/coordination.k8s.io/v1/namespaces/rich/leases',
    object: {
      metadata,
      spec: {holderIdentity: 'one', leaseDurationSeconds: 15, renewTime: '2026-01-02T03:04:05.678901Z'},
    },
  },
  {
    path: `${apps}/controllerrevisions`,
    object: {
      metadata,
      revision: 0,
      data: {
        spec: {
          template: {
            $patch: 'replace',
            metadata: {creationTimestamp: null, labels},
            spec: {containers: [{name: 'ü', env: [{name: 'PASSWORD', value: 'hunter2'}]}]},
          },
        },
      },
    },
  },
]
