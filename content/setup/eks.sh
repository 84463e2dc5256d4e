# EKS has a policy of its own, which nobody can change; its audit log is switched on by this and goes to CloudWatch.
aws eks update-cluster-config --name {{cluster}} --logging '{"clusterLogging":[{"types":["audit"],"enabled":true}]}'
# From there: a subscription to Firehose, or by hand for a look
aws logs tail "/aws/eks/{{cluster}}/cluster" --log-stream-name-prefix kube-apiserver-audit --follow --format short > audit.log
