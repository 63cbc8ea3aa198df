{{/*
Why a container waits before it has ever run, word for word as pkg/kubelet/{images,kuberuntime} of 1.37 and containerd
have it: `as` the status of the containers, the event before, or the event `Error: …`.
*/}}
{{ define "waits" }}
{{ $container := index .pod.spec.containers 0 }}
{{ $image := $container.image }}
{{ $which := index .pod.metadata.labels "apps.kubernetes.io/pod-index" | default .pod.spec.nodeName }}
{{ $annotations := .pod.metadata.annotations }}
{{ $all := index $annotations "kubectl-stateful.test/behaviour" }}
{{ $word := index $annotations (printf "kubectl-stateful.test/behaviour.%s" $which) | default $all }}
{{ $id := printf "%s_%s(%s)" .pod.metadata.name .pod.metadata.namespace .pod.metadata.uid }}
{{ $name := printf "%s_%s_%s_%s_0" $container.name .pod.metadata.name .pod.metadata.namespace .pod.metadata.uid }}
{{ $pull := printf `rpc error: code = Unknown desc = failed to pull and unpack image "%[1]s": failed to resolve reference "%[1]s": ` $image }}
{{ $denied := printf "%sunexpected status from HEAD request to https://registry.example/v2/db/manifests/1: 403 Forbidden" $pull }}
{{ $anonymous := printf "%sfailed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://registry.example/token?scope=repository%%3Adb%%3Apull&service=registry.example: 401 Unauthorized" $pull }}
{{ $never := printf "Container image %q is not present with pull policy of Never" $image }}
{{ $invalid := printf `Failed to apply default image tag %[1]q: couldn't parse image name %[1]q: invalid reference format: repository name (Payments/DB) must be lowercase` $image }}
{{ $present := printf "Container image %q already present on machine and can be accessed by the pod" $image }}
{{ $missing := `configmap "settings" not found` }}
{{ $root := printf "container has runAsNonRoot and image will run as root (pod: %q, container: %s)" $id $container.name }}
{{ $taken := printf `failed to reserve container name %[1]q: name %[1]q is reserved for "%[2]s"` $name (sha256sum $name) }}
{{ $secret := "Unable to retrieve some image pull secrets (registry); attempting to pull the image may not succeed." }}
{{ $words := dict
  "image-denied" (list "ErrImagePull" $denied "Warning" "Failed" (printf "Failed to pull image %q: %s" $image $denied) "ErrImagePull")
  "image-secret" (list "ErrImagePull" $anonymous "Warning" "FailedToRetrieveImagePullSecret" $secret "ErrImagePull")
  "image-never" (list "ErrImageNeverPull" $never "Warning" "ErrImageNeverPull" $never "ErrImageNeverPull")
  "image-invalid" (list "InvalidImageName" $invalid "Warning" "InspectFailed" $invalid "InvalidImageName")
  "config-missing" (list "CreateContainerConfigError" $missing "Normal" "Pulled" $present $missing)
  "config-root" (list "CreateContainerConfigError" $root "Normal" "Pulled" $present $root)
  "create-error" (list "CreateContainerError" $taken "Normal" "Pulled" $present $taken)
}}
{{ $it := index $words $word }}
{{ if eq .as "status" }}
{{ template "waiting" dict "containers" .pod.spec.containers "reason" (index $it 0) "message" (index $it 1) }}
{{ else if eq .as "event" }}
{{ template "event" dict "pod" .pod "list" "containers" "type" (index $it 2) "reason" (index $it 3) "message" (index $it 4) "count" 4 }}
{{ else }}
{{ $error := printf "Error: %s" (index $it 5) }}
{{ template "event" dict "pod" .pod "list" "containers" "type" "Warning" "reason" "Failed" "message" $error "count" 4 }}
{{ end }}
{{ end }}
