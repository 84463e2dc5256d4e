#!/bin/bash
# Sends the audit log of the EKS cluster {{cluster}} to Reeve, from wherever aws and curl are, for as long as it runs.
# EKS decides what is recorded; its policy cannot be changed.
set -euo pipefail
group=/aws/eks/{{cluster}}/cluster
state=${STATE:-$HOME/.reeve-eks-{{cluster}}}

if [ "${1:-}" = enable ]; then
  aws eks update-cluster-config --name {{cluster}} \
    --logging '{"clusterLogging":[{"types":["audit"],"enabled":true}]}'
  exit
fi

# The token is in a file, for the arguments of a program are seen by everybody.
header=$(mktemp)
export header
trap 'rm -f "$header"' EXIT
echo "Authorization: Bearer ${REEVE_SOURCE_TOKEN:?the token of: reeve token create --cluster {{cluster}}}" > "$header"

# Each round asks for five minutes that were asked for before, since CloudWatch may be late; Reeve drops what it has. Only when
# Reeve has taken a round does the next one begin where it ended.
while true; do
  from=$(cat "$state" 2>/dev/null || date -d '-1 hour' +%s)
  until=$(date +%s)
  if aws logs filter-log-events --log-group-name "$group" --log-stream-name-prefix kube-apiserver-audit \
       --start-time $(((from - 300) * 1000)) --end-time $((until * 1000)) --query 'events[].[message]' --output text |
     sed -n '/^{/p' |
     split --line-bytes=32M --filter='curl -fsS "{{url}}{{path}}" {{curlca}}-H @"$header" --data-binary @- >/dev/null'
  then echo "$until" > "$state"
  fi
  sleep 30
done
