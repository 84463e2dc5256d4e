# minikube copies what is below files/ into the node; /etc/ssl/certs is one of the folders that its apiserver sees.
mkdir -p ~/.minikube/files/etc/ssl/certs
cp audit-policy.yaml ~/.minikube/files{{policy}}
minikube start \
  --extra-config=apiserver.audit-policy-file={{policy}} \
  --extra-config=apiserver.audit-log-path=- \
  --extra-config=apiserver.audit-log-maxage={{maxage}}
# The log goes to the apiserver's own output.
kubectl logs -f -n kube-system -l component=kube-apiserver --tail=-1 | grep --line-buffered audit.k8s.io | tee -a audit.log
