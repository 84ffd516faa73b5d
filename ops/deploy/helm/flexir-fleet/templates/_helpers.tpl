{{/* Names that all objects of a release share. */}}
{{- define "flexir.name" -}}
{{- printf "%s" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "flexir.labels" -}}
app.kubernetes.io/part-of: flexir-fleet
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* Of a component (scheduler, worker-NAME): what its pods are selected by. */}}
{{- define "flexir.selector" -}}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "flexir.image" -}}
{{- $registry := .root.Values.image.registry -}}
{{- $tag := .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- with $registry }}{{ . }}/{{ end }}{{ .root.Values.image.repository }}/{{ .image }}:{{ $tag }}
{{- end -}}

{{/* Pools of the workers that are on. */}}
{{- define "flexir.pools" -}}
{{- $pools := list -}}
{{- range $name, $pool := .Values.workers -}}
{{- if $pool.enabled }}{{- $pools = append $pools $name }}{{- end -}}
{{- end -}}
{{- join "," $pools -}}
{{- end -}}

{{/* Broker and store, for schedulers and workers alike. */}}
{{- define "flexir.connections" -}}
- name: FLEXIR_KAFKA
  value: {{ required "kafka.brokers: HOST:PORT of the brokers, separated by commas" .Values.kafka.brokers | quote }}
{{- if .Values.kafka.configSecret.name }}
- name: FLEXIR_KAFKA_CONFIG
  value: /etc/flexir/kafka/client.properties
{{- end }}
- name: FLEXIR_S3
  value: {{ required "s3.endpoint: the URL of the object store" .Values.s3.endpoint | quote }}
- name: FLEXIR_S3_REGION
  value: {{ .Values.s3.region | quote }}
- name: FLEXIR_S3_BUCKET
  value: {{ .Values.s3.bucket | quote }}
- name: FLEXIR_S3_ACCESS_KEY
  value: {{ .Values.s3.accessKey | quote }}
- name: FLEXIR_S3_SECRET_KEY
  valueFrom:
    secretKeyRef:
      name: {{ required "s3.secret.name: the Secret that holds the store's secret key" .Values.s3.secret.name }}
      key: {{ .Values.s3.secret.key }}
{{- if .Values.s3.caSecret.name }}
- name: FLEXIR_S3_CA
  value: /etc/flexir/s3/ca.crt
{{- end }}
{{- end -}}

{{- define "flexir.connectionMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .Values.kafka.configSecret.name }}
- name: kafka-config
  mountPath: /etc/flexir/kafka
  readOnly: true
{{- end }}
{{- if .Values.s3.caSecret.name }}
- name: s3-ca
  mountPath: /etc/flexir/s3
  readOnly: true
{{- end }}
{{- end -}}

{{- define "flexir.connectionVolumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 1Gi
{{- with .Values.kafka.configSecret }}{{ if .name }}
- name: kafka-config
  secret:
    secretName: {{ .name }}
    items:
      - key: {{ .key }}
        path: client.properties
{{- end }}{{ end }}
{{- with .Values.s3.caSecret }}{{ if .name }}
- name: s3-ca
  secret:
    secretName: {{ .name }}
    items:
      - key: {{ .key }}
        path: ca.crt
{{- end }}{{ end }}
{{- end -}}

{{- define "flexir.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "flexir.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{- define "flexir.spread" -}}
{{- if .root.Values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: {{ $.root.Values.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "flexir.selector" (dict "root" $.root "component" $.component) | nindent 8 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Extra environment of values: a map of names and texts. Helm would write a number of a million as 1e+06. */}}
{{- define "flexir.env" -}}
{{- range $name, $value := . }}
{{- if kindIs "invalid" $value }}{{ continue }}{{ end }}
- name: {{ $name }}
  value: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- end }}
{{- end -}}

{{/* The port that an address ends with, else what its scheme says. */}}
{{- define "flexir.portOf" -}}
{{- $address := . -}}
{{- $host := (urlParse $address).host -}}
{{- if regexMatch ":[0-9]+$" $host -}}
{{- regexFind "[0-9]+$" $host -}}
{{- else if hasPrefix "https" $address -}}443
{{- else -}}80
{{- end -}}
{{- end -}}

{{/* A duration such as 500ms, 30s, 2m or 1h, in milliseconds. */}}
{{- define "flexir.millis" -}}
{{- $units := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 -}}
{{- mul (regexFind "^[0-9]+" . | atoi) (get $units (regexFind "[a-z]+$" .)) -}}
{{- end -}}
