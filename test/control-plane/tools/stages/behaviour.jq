# Of this ordinal or this node, else of all.
def behaviour:
  (.metadata.annotations // {}) as $annotations
  | (.metadata.labels["apps.kubernetes.io/pod-index"] // .spec.nodeName // "") as $which
  | $annotations["kubectl-stateful.test/behaviour." + $which]
    // $annotations["kubectl-stateful.test/behaviour"]
    // "ready";

def is_leaving: .metadata.deletionTimestamp != null;
def has_started: .status.startTime != null;
def has_network: .status.podIP != null;
def waits_for: .[0].state.waiting.reason // "";
