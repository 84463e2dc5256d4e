# AKS has a policy of its own, which nobody can change. kube-audit holds everything, kube-audit-admin all but get and list.
az monitor diagnostic-settings create --name reeve --resource CLUSTER-RESOURCE-ID \
  --logs '[{"category":"kube-audit","enabled":true}]' --event-hub k8s-audit --event-hub-rule EVENT-HUB-RULE-ID
