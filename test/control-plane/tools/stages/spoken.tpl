{{/* About the Pod as a whole, which a kubelet gives no fieldPath; `first` and `last` are the times of a series. */}}
{{ define "pod event" }}
{{ $now := now | date "2006-01-02T15:04:05Z07:00" }}
{{ $key := printf "%s %s %s" .pod.metadata.uid .reason .message | sha256sum | trunc 16 }}
apiVersion: v1
kind: Event
metadata:
  name: {{ .pod.metadata.name }}.{{ $key }}
  namespace: {{ .pod.metadata.namespace }}
type: {{ .type }}
reason: {{ .reason }}
message: {{ .message | Quote }}
involvedObject:
  apiVersion: v1
  kind: Pod
  name: {{ .pod.metadata.name }}
  namespace: {{ .pod.metadata.namespace }}
  uid: {{ .pod.metadata.uid }}
source:
  component: kubelet
  host: {{ .pod.spec.nodeName }}
reportingComponent: kubelet
reportingInstance: {{ .pod.spec.nodeName }}
firstTimestamp: {{ .first | default $now | Quote }}
lastTimestamp: {{ $now | Quote }}
count: {{ .count | default 1 }}
{{ end }}

{{/* A function of `now` and a duration such as -90s. */}}
{{ define "moment" }}{{ now | dateModify . | date "2006-01-02T15:04:05Z07:00" | Quote }}{{ end }}

{{/* What a container that waits to be started again looks like; `last` is how it ended, `waiting` what it waits for. */}}
{{ define "ended" }}
{{ range .containers }}
{{ $container := dict "pod" $.pod "container" . }}
{{ template "container" $container }}
  restartCount: {{ $.restarts }}
  ready: false
  started: false
  state:
    waiting:
      reason: {{ $.waiting.reason }}
      {{ if $.waiting.message }}
      message: {{ $.waiting.message | Quote }}
      {{ else }}
      message: back-off 1m20s restarting failed container={{ .name }} pod={{ template "pod" $.pod }}
      {{ end }}
  lastState:
    terminated:
      exitCode: {{ $.last.exitCode }}
      reason: {{ $.last.reason }}
      {{ with $.last.message }}
      message: {{ . | Quote }}
      {{ end }}
      startedAt: {{ template "moment" "-90s" }}
      finishedAt: {{ template "moment" "-20s" }}
      containerID: {{ template "container ID" $container }}
{{ end }}
{{ end }}

{{/* Containers that have stopped for good. */}}
{{ define "stopped" }}
{{ range .containers }}
{{ $container := dict "pod" $.pod "container" . }}
{{ template "container" $container }}
  restartCount: 0
  ready: false
  started: false
  state:
    running: null
    waiting: null
    terminated:
      exitCode: {{ $.exitCode }}
      reason: {{ if $.exitCode }}Error{{ else }}Completed{{ end }}
      startedAt: {{ $.pod.status.startTime | Quote }}
      finishedAt: {{ Now | Quote }}
      containerID: {{ template "container ID" $container }}
{{ end }}
{{ end }}

{{/* The conditions of a Pod that has ended: podutil and the status manager write PodFailed or PodCompleted. */}}
{{ define "ended conditions" }}
{{ range list "Ready" "ContainersReady" }}
{{ template "condition" dict "pod" $.pod "type" . "status" "False" }}
  reason: {{ $.reason }}
  message: null
{{ end }}
{{ template "condition" dict "pod" .pod "type" "PodReadyToStartContainers" "status" "False" }}
  reason: PodSandboxNotReady
  message: pod sandbox is not ready
{{ end }}

{{ define "node-lifecycle event" }}
{{ $now := now | date "2006-01-02T15:04:05Z07:00" | Quote }}
apiVersion: v1
kind: Event
metadata:
  name: {{ .metadata.name }}.{{ .metadata.uid | sha256sum | trunc 16 }}
  namespace: {{ .metadata.namespace }}
type: Warning
reason: NodeNotReady
message: Node is not ready
involvedObject:
  apiVersion: v1
  kind: Pod
  name: {{ .metadata.name }}
  namespace: {{ .metadata.namespace }}
  uid: {{ .metadata.uid }}
source:
  component: node-controller
reportingComponent: node-controller
firstTimestamp: {{ $now }}
lastTimestamp: {{ $now }}
count: 1
{{ end }}
