{{/* The environment of one process, as a map: what the chart knows, then what the values say. */}}
{{- define "kim.settings" -}}
{{- $root := .root }}{{- $one := .process }}{{- $prefix := $one.prefix }}
{{- $found := dict
  (printf "%s_ENVIRONMENT" $prefix) "production"
  (printf "%s_HOST" $prefix) "0.0.0.0"
  (printf "%s_OIDC_ISSUERS" $prefix) ($root.Values.issuers | toJson) }}
{{- if eq $one.part "worker" }}
{{- $_ := set $found (printf "%s_WORKER_PORT" $prefix) (toString $one.port) }}
{{- else }}
{{- $_ := set $found (printf "%s_PORT" $prefix) (toString $one.port) }}
{{- end }}
{{- if ne $root.Values.tls.mode "none" }}
{{- $_ := set $found (printf "%s_TLS_CERTIFICATE_FILE" $prefix) "/etc/kim/tls/tls.crt" }}
{{- $_ := set $found (printf "%s_TLS_KEY_FILE" $prefix) "/etc/kim/tls/tls.key" }}
{{- $_ := set $found (printf "%s_TLS_CA_FILE" $prefix) "/etc/kim/tls/ca.crt" }}
{{- /* Browsers and partners have no certificate: whoever comes to the gateway shows a token. */}}
{{- if ne $one.service "gateway" }}
{{- $_ := set $found (printf "%s_TLS_CLIENT_CA_FILE" $prefix) "/etc/kim/tls/ca.crt" }}
{{- end }}
{{- end }}
{{- if eq $one.service "gateway" }}
{{- range $service, $port := dict "cases" 8001 "funding" 8002 "referrals" 8003 }}
{{- $_ := set $found (printf "GATEWAY_%s_URL" (upper $service)) (printf "%s://%s-%s:%d" (include "kim.scheme" $root) $root.Release.Name $service $port) }}
{{- end }}
{{- else }}
{{- $_ := set $found (printf "%s_NATS_REPLICAS" $prefix) (ternary (toString $root.Values.nats.replicas) "1" (eq $root.Values.nats.mode "cluster")) }}
{{- $kinds := dict "JOBS" "jobs" "EXCHANGE" "exchange" }}
{{- if eq $one.service "cases" }}{{- $_ := set $kinds "DOCUMENTS" "documents" }}{{- end }}
{{- if eq $one.service "referrals" }}{{- $_ := set $kinds "ATTACHMENTS" "attachments" }}{{- end }}
{{- range $setting, $kind := $kinds }}
{{- $bucket := index $root.Values.storage.buckets $kind }}
{{- $folder := ternary (printf "/var/lib/kim/%s/%s" $one.service $kind) "/var/lib/kim/exchange" (ne $kind "exchange") }}
{{- $_ := set $found (printf "%s_%s_LOCATION" $prefix $setting) ($bucket | default $folder) }}
{{- end }}
{{- end }}
{{- merge (index $root.Values $one.service).settings $found | toYaml }}
{{- end }}

{{/* "true" where files lie on a volume instead of in buckets. */}}
{{- define "kim.needsVolume" -}}
{{- $needs := list }}
{{- range .Values.storage.buckets }}{{- if not . }}{{- $needs = append $needs "true" }}{{- end }}{{- end }}
{{- if $needs }}true{{- end }}
{{- end }}
