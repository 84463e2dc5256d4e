#!/bin/bash
# Lets Cloud Logging send the audit log of the GKE cluster {{cluster}} to a Pub/Sub subscription, from which Vector takes it.
# GKE decides what is recorded. Admin Activity is always on; reads are only in Data Access, which is switched on in the project's
# audit configuration for the Kubernetes Engine API (ADMIN_READ, DATA_READ, DATA_WRITE) and costs by volume.
set -euo pipefail
project=${PROJECT:?the id of the project}
gcloud pubsub topics create reeve-{{cluster}} --project "$project"
gcloud pubsub subscriptions create reeve-{{cluster}} --topic reeve-{{cluster}} --project "$project"
gcloud logging sinks create reeve-{{cluster}} "pubsub.googleapis.com/projects/$project/topics/reeve-{{cluster}}" --project "$project" \
  --log-filter='protoPayload.serviceName="k8s.io" AND resource.type="k8s_cluster" AND resource.labels.cluster_name="{{cluster}}"'
writer=$(gcloud logging sinks describe reeve-{{cluster}} --project "$project" --format='value(writerIdentity)')
gcloud pubsub topics add-iam-policy-binding reeve-{{cluster}} --project "$project" --member "$writer" --role roles/pubsub.publisher
