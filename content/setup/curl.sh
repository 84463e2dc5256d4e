curl -sS '{{url}}/api/v1/sources/kubernetes/{{cluster}}/'"$(hostname)" \
  -H 'Authorization: Bearer {{token}}' -H 'Content-Type: application/json' --data-binary @- <<EOF
{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[{"level":"Metadata","auditID":"$(cat /proc/sys/kernel/random/uuid)",
"stage":"ResponseComplete","requestURI":"/api/v1/namespaces/default/pods/hello","verb":"get","user":{"username":"$(id -un)"},
"sourceIPs":["127.0.0.1"],"userAgent":"curl","objectRef":{"resource":"pods","namespace":"default","name":"hello","apiVersion":"v1"},
"responseStatus":{"code":200},"requestReceivedTimestamp":"$(date -u +%FT%T.%6NZ)","stageTimestamp":"$(date -u +%FT%T.%6NZ)"}]}
EOF
