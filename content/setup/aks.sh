#!/bin/bash
# Lets Azure send the audit log of the AKS cluster {{cluster}} to an event hub, from which Vector takes it.
# AKS decides what is recorded. kube-audit has everything; kube-audit-admin lacks get and list, so neither the reading of secrets nor
# kubectl exec (a get) is in it. guard is Entra ID and Azure RBAC, which Reeve keeps and marks as other-log.
set -euo pipefail
group=${RESOURCE_GROUP:?the resource group of the cluster}
rule=${EVENT_HUB_RULE:?the resource id of an authorization rule of the Event Hubs namespace}
az monitor diagnostic-settings create --name reeve-{{cluster}} \
  --resource "$(az aks show --resource-group "$group" --name {{cluster}} --query id --output tsv)" \
  --event-hub reeve-{{cluster}} --event-hub-rule "$rule" \
  --logs '[{"category":"kube-audit","enabled":true}]'
