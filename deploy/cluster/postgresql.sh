#!/usr/bin/env bash
# Makes sure that Debian's PostgreSQL programs are here, which the cluster's tests start a server of their own from; installs them where it may.
set -euo pipefail

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || command -v initdb > /dev/null; }

if ! has_postgresql && [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null; then
  # Debian starts its own server otherwise; nobody here needs it.
  { apt-get -qq update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install postgresql; } > /dev/null || true
fi
has_postgresql || { echo "Missing: PostgreSQL (Debian: apt-get install postgresql)." >&2; exit 1; }
