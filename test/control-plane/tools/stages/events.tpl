{{ define "pod" }}{{ .metadata.name }}_{{ .metadata.namespace }}({{ .metadata.uid }}){{ end }}

{{ define "event" }}
{{ $now := now | date "2006-01-02T15:04:05Z07:00" | Quote }}
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
  fieldPath: spec.{{ .list }}{{ printf "{%s}" (index .pod.spec .list 0).name }}
source:
  component: kubelet
  host: {{ .pod.spec.nodeName }}
reportingComponent: kubelet
reportingInstance: {{ .pod.spec.nodeName }}
firstTimestamp: {{ with .first }}{{ . | Quote }}{{ else }}{{ $now }}{{ end }}
lastTimestamp: {{ $now }}
count: {{ .count }}
{{ end }}

{{ define "back-off event" }}
{{ $name := (index .pod.spec .list 0).name }}
{{ $pod := printf "%s_%s(%s)" .pod.metadata.name .pod.metadata.namespace .pod.metadata.uid }}
{{ $message := printf "Back-off restarting failed container %s in pod %s" $name $pod }}
{{ $restarts := index (.pod.metadata.annotations | default dict) "kubectl-stateful.test/restarts" | default "4" | atoi }}
{{ $first := "" }}
{{ range .pod.status.conditions }}{{ if eq .type "Ready" }}{{ $first = .lastTransitionTime }}{{ end }}{{ end }}
{{ $count := mul 3 $restarts }}
{{ template "event" merge . (dict "type" "Warning" "reason" "BackOff" "message" $message "count" $count "first" $first) }}
{{ end }}
