namespace Reeve.Server.Tests.Setup.Manifests;

/// <summary>Manifests as people have them.</summary>
internal static class SampleManifests
{
    /// <summary>As kubeadm writes it, shortened, with comments of people in it.</summary>
    public const string Kubeadm = """
        # kept by the platform team
        apiVersion: v1
        kind: Pod
        metadata:
          annotations:
            kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: 10.0.0.5:6443
          labels:
            component: kube-apiserver
          name: kube-apiserver
          namespace: kube-system
        spec:
          containers:
          - command:
            - kube-apiserver
            - --advertise-address=10.0.0.5
            # no anonymous requests
            - --anonymous-auth=false   # since 2024
            - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
            image: registry.k8s.io/kube-apiserver:v1.34.1
            livenessProbe:
              httpGet:
                host: 10.0.0.5
                path: /livez
            name: kube-apiserver
            volumeMounts:
            - mountPath: /etc/ssl/certs
              name: ca-certs
              readOnly: true
            # keys
            - mountPath: /etc/kubernetes/pki
              name: k8s-certs
              readOnly: true
          hostNetwork: true
          priorityClassName: system-node-critical
          volumes:
          - hostPath:
              path: /etc/ssl/certs
              type: DirectoryOrCreate
            name: ca-certs
          - hostPath:
              path: /etc/kubernetes/pki
              type: DirectoryOrCreate
            name: k8s-certs
        status: {}

        """;

    /// <summary>With the article's mistakes: the flag names another file than the mount.</summary>
    public const string Article = """
        apiVersion: v1
        kind: Pod
        spec:
          containers:
            - name: kube-apiserver
              command:
                - kube-apiserver
                - --audit-policy-file=/etc/kubernetes/audit/policy.yaml
                - --audit-log-path=/var/log/kubernetes/audit/audit.log
              volumeMounts:
                - mountPath: /etc/kubernetes/audit-policy.yaml
                  name: audit
                  readOnly: true
                - mountPath: /var/log/kubernetes/audit/
                  name: audit-log
                  readOnly: false
          volumes:
            - name: audit
              hostPath:
                path: /etc/kubernetes/audit-policy.yaml
                type: File

            - name: audit-log
              hostPath:
                path: /var/log/kubernetes/audit/
                type: DirectoryOrCreate
        """;

    /// <summary>Quoted args, values apart, a flag twice, numbers of which one suffices, the log mounted as a file.</summary>
    public const string Odd = """
        kind: Pod
        apiVersion: v1
        spec:
            volumes:
            -   name: "log"   # the log
                hostPath: { path: '/var/log/kubernetes/audit/audit.log', type: FileOrCreate }
            containers:
            -   image: sidecar
                name: sidecar
            -   args:
                -   "--audit_log_maxage=7"
                -   "--audit-log-maxbackup"
                -   "12"
                -   "--audit-log-maxage=3"  # too few
                -   '--audit-log-format=legacy'
                -   "--audit-log-maxsize=500"
                name: kube-apiserver
                volumeMounts:
                -   { mountPath: /var/log/kubernetes/audit/audit.log, name: log, readOnly: true }
        """;

    /// <summary>No mounts, no volumes.</summary>
    public const string Bare = """
        kind: Pod
        spec:
          containers:
          - name: kube-apiserver
            command: 
            - /usr/local/bin/kube-apiserver
        """;

    /// <summary>All of them.</summary>
    public static TheoryData<string> All => [Kubeadm, Article, Odd, Bare, Kubeadm.ReplaceLineEndings("\r\n")];
}
