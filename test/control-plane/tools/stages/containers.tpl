{{ define "container" }}
{{ $repository := regexReplaceAll "(@.*|:[^/]*)$" .container.image "" }}
- name: {{ .container.name | Quote }}
  image: {{ .container.image | Quote }}
  imageID: {{ printf "%s@sha256:%s" $repository (sha256sum .container.image) | Quote }}
  containerID: {{ template "container ID" . }}
{{ end }}

{{ define "container ID" }}containerd://{{ printf "%s %s" .pod.metadata.uid .container.name | sha256sum }}{{ end }}

{{ define "waiting" }}
{{ range .containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  restartCount: 0
  ready: false
  started: false
  state:
    waiting:
      reason: {{ $.reason }}
      {{ with $.message }}
      message: {{ . | Quote }}
      {{ end }}
{{ end }}
{{ end }}

{{ define "running" }}
{{ range .containers }}
{{ template "container" dict "pod" $.pod "container" . }}
  restartCount: 0
  ready: {{ $.ready }}
  started: true
  state:
    running:
      startedAt: {{ Now | Quote }}
{{ end }}
{{ end }}

{{/* The kubelet waits 10 s before the first restart, then twice as long each time, and never longer than 5 minutes. */}}
{{ define "back-off" }}
{{- if ge . 6 }}5m0s{{ else if eq . 5 }}2m40s{{ else }}1m20s{{ end -}}
{{ end }}

{{ define "crashing" }}
{{ $restarts := index (.pod.metadata.annotations | default dict) "kubectl-stateful.test/restarts" | default "4" | atoi }}
{{ range .containers }}
{{ $container := dict "pod" $.pod "container" . }}
{{ template "container" $container }}
  restartCount: {{ $restarts }}
  ready: false
  started: false
  state:
    waiting:
      reason: CrashLoopBackOff
      message: back-off {{ template "back-off" $restarts }} restarting failed container={{ .name }} pod={{ template "pod" $.pod }}
  lastState:
    terminated:
      exitCode: 1
      reason: Error
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
      containerID: {{ template "container ID" $container }}
{{ end }}
{{ end }}

{{ define "init containers done" }}
{{ range .spec.initContainers }}
{{ $container := dict "pod" $ "container" . }}
{{ template "container" $container }}
  restartCount: 0
  ready: true
  {{ if eq (or .restartPolicy "") "Always" }}
  started: true
  state:
    running:
      startedAt: {{ Now | Quote }}
  {{ else }}
  started: false
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
      containerID: {{ template "container ID" $container }}
  {{ end }}
{{ end }}
{{ end }}
