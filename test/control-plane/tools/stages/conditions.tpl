{{ define "names" }}[{{ range $index, $each := . }}{{ if $index }} {{ end }}{{ $each.name }}{{ end }}]{{ end }}

{{ define "condition" }}
{{ $since := Now }}
{{ $condition := . }}
{{ range .pod.status.conditions }}
{{ if and (eq .type $condition.type) (eq .status $condition.status) }}{{ $since = .lastTransitionTime }}{{ end }}
{{ end }}
- type: {{ .type }}
  status: {{ .status | Quote }}
  observedGeneration: {{ .pod.metadata.generation }}
  lastTransitionTime: {{ $since | Quote }}
{{ end }}

{{/* A strategic merge keeps what it is not given, so what holds no longer is null. */}}
{{ define "conditions" }}
conditions:
{{ if .initialized }}
{{ template "condition" dict "pod" .pod "type" "Initialized" "status" "True" }}
  reason: null
  message: null
{{ else }}
{{ template "condition" dict "pod" .pod "type" "Initialized" "status" "False" }}
  reason: ContainersNotInitialized
  message: 'containers with incomplete status: {{ template "names" .pod.spec.initContainers }}'
{{ end }}
{{ range list "Ready" "ContainersReady" }}
{{ if $.ready }}
{{ template "condition" dict "pod" $.pod "type" . "status" "True" }}
  reason: null
  message: null
{{ else }}
{{ template "condition" dict "pod" $.pod "type" . "status" "False" }}
  reason: ContainersNotReady
  message: 'containers with unready status: {{ template "names" $.pod.spec.containers }}'
{{ end }}
{{ end }}
{{ end }}
