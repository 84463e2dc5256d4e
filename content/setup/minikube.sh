#!/bin/sh
# minikube copies ~/.minikube/files onto its node when it starts; of the folders there, the apiserver sees /etc/ssl/certs.
set -eu
cd "$(dirname "$0")"
files=${MINIKUBE_HOME:-$HOME/.minikube}/files
minikube stop
mkdir -p "$files{{folder}}"
cp audit-policy.yaml "$files{{policy}}"
install -m 600 audit-webhook.yaml "$files{{webhook}}"
minikube start \
  {{flags}}
