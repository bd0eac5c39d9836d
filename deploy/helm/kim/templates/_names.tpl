{{/* Every process of ours: image, command, port and the prefix of its settings. */}}
{{- define "kim.processes" -}}
cases: {service: cases, part: http, port: 8001, prefix: CASES}
cases-worker: {service: cases, part: worker, port: 8011, prefix: CASES}
funding: {service: funding, part: http, port: 8002, prefix: FUNDING}
funding-worker: {service: funding, part: worker, port: 8012, prefix: FUNDING}
referrals: {service: referrals, part: http, port: 8003, prefix: REFERRALS}
referrals-worker: {service: referrals, part: worker, port: 8013, prefix: REFERRALS}
gateway: {service: gateway, part: http, port: 8000, prefix: GATEWAY}
{{- end }}

{{/* The secrets that each service and its worker read, as files named like the setting. */}}
{{- define "kim.secrets" -}}
cases: [cases_database_dsn, cases_relay_dsn, cases_keys_dsn, cases_nats_url, cases_sealing_keys, cases_audit_anchor_keys, cases_wrapping_keys]
funding: [funding_database_dsn, funding_relay_dsn, funding_nats_url, funding_sealing_keys, funding_audit_anchor_keys]
referrals: [referrals_database_dsn, referrals_relay_dsn, referrals_keys_dsn, referrals_nats_url, referrals_sealing_keys, referrals_audit_anchor_keys, referrals_wrapping_keys, referrals_link_key]
gateway: [gateway_nats_url]
{{- end }}

{{- define "kim.name" -}}
{{ printf "%s-%s" .root.Release.Name .name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "kim.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "kim.labels" -}}
{{ include "kim.selector" . }}
app.kubernetes.io/part-of: kim
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "kim.image" -}}
{{ with .root.Values.images.registry }}{{ . }}/{{ end }}kim-{{ .service }}:{{ .root.Values.images.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "kim.restricted" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "kim.isMutual" -}}
{{- if ne .Values.tls.mode "none" }}true{{ end }}
{{- end }}

{{- define "kim.scheme" -}}
{{- if eq .Values.tls.mode "none" }}http{{ else }}https{{ end }}
{{- end }}

{{- define "kim.postgresHost" -}}
{{- if eq .Values.postgresql.mode "operator" }}{{ .Release.Name }}-postgres-rw{{ else }}{{ .Values.postgresql.external.host }}{{ end }}
{{- end }}

{{- define "kim.keysHost" -}}
{{- if eq .Values.postgresql.mode "operator" }}{{ .Release.Name }}-keys-rw{{ else }}{{ .Values.postgresql.external.keysHost | default .Values.postgresql.external.host }}{{ end }}
{{- end }}

{{/* The authorities of PostgreSQL's certificates, below /etc/kim/postgres and /etc/kim/keys. */}}
{{- define "kim.postgresVolumes" -}}
{{- $operator := eq .Values.postgresql.mode "operator" }}
{{- if or $operator .Values.postgresql.external.caSecret }}
- name: postgres-ca
  secret:
    secretName: {{ if $operator }}{{ .Release.Name }}-postgres-ca{{ else }}{{ .Values.postgresql.external.caSecret }}{{ end }}
    items: [{key: ca.crt, path: ca.crt}]
- name: keys-ca
  secret:
    secretName: {{ if $operator }}{{ .Release.Name }}-keys-ca{{ else }}{{ .Values.postgresql.external.caSecret }}{{ end }}
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- end }}

{{- define "kim.postgresMounts" -}}
{{- if or (eq .Values.postgresql.mode "operator") .Values.postgresql.external.caSecret }}
- {name: postgres-ca, mountPath: /etc/kim/postgres, readOnly: true}
- {name: keys-ca, mountPath: /etc/kim/keys, readOnly: true}
{{- end }}
{{- end }}
