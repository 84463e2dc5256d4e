reeve serve /var/log/kubernetes/audit
