# The executable, what it is linked to, and nothing else: no shell, no package manager, no Node.
#   npm run package && docker build -t kubectl-stateful .     (on Linux)
#   docker run --rm --user "$(id -u)" -v ~/.kube:/kube:ro -e KUBECONFIG=/kube/config kubectl-stateful status -A
FROM debian:trixie-slim AS linked
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libstdc++6
COPY packages/kubectl-stateful packages/LICENSE.node LICENSE NOTICE /
RUN mkdir /image && ldd /kubectl-stateful | grep -o '/[^ ]*' | xargs cp --parents --dereference --target-directory=/image \
 && cp /kubectl-stateful /LICENSE /LICENSE.node /NOTICE /image/

FROM scratch
COPY --from=linked /image /
USER 65532:65532
ENTRYPOINT ["/kubectl-stateful"]
