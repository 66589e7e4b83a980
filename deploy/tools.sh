#!/usr/bin/env bash
# Sees that nginx, openssl and dynalite (a DynamoDB that runs locally) are here, and installs what is missing where it may:
# the first two from Debian as root, dynalite with npm into ${LIVECOMMENTS_TOOLS:-~/.cache/live-comments}.
set -euo pipefail
tools=${LIVECOMMENTS_TOOLS:-${HOME:?}/.cache/live-comments}
dynalite=4.0.0

packages=()
command -v nginx > /dev/null || packages+=(nginx-light)
command -v openssl > /dev/null || packages+=(openssl)
if ((${#packages[@]})); then
  if [[ $(id -u) != 0 ]] || ! command -v apt-get > /dev/null; then
    echo "Missing: ${packages[*]}. Install them, or run this as root on Debian." >&2
    exit 1
  fi
  apt-get update -qq
  # Debian starts its own nginx on port 80 otherwise; nobody here needs it.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
fi

if [[ ! -f $tools/node_modules/dynalite/cli.js ]]; then
  command -v npm > /dev/null || { echo "Missing: Node 20 with npm." >&2; exit 1; }
  mkdir -p "$tools"
  npm install --silent --no-audit --no-fund --prefix "$tools" "dynalite@$dynalite"
fi
