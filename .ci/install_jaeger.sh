#!/usr/bin/env bash
# Builds Jaeger 2.13 (module version v1.76.0, the newest that the Go module proxy serves) into $(go env GOPATH)/bin.
# `go install` refuses a module with replace directives, so it is built inside its own module folder, from its own go.sum.
set -euo pipefail
bin="$(go env GOPATH)/bin"
[ -x "$bin/jaeger" ] && exit 0
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
go mod init servers 2>/dev/null
folder="$(go mod download -json github.com/jaegertracing/jaeger@v1.76.0 | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')"
mkdir -p "$bin"
go build -C "$folder" -o "$bin/jaeger" ./cmd/jaeger
