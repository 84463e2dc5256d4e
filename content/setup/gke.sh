# GKE has a policy of its own, which nobody can change. Writes are recorded always; reads need Data Access audit logs of
# container.googleapis.com and k8s.io, which are switched on in the project's IAM policy.
gcloud logging read 'logName:"cloudaudit.googleapis.com" resource.type="k8s_cluster" resource.labels.cluster_name="{{cluster}}"' --format json > audit.json
# For good: a sink to Pub/Sub, whose messages Reeve reads as they are
gcloud logging sinks create reeve pubsub.googleapis.com/projects/PROJECT/topics/k8s-audit \
  --log-filter 'logName:"cloudaudit.googleapis.com" resource.type="k8s_cluster" resource.labels.cluster_name="{{cluster}}"'
