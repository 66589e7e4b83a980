#!/usr/bin/env bash
# Sees that what the tests and the scripts of deploy/ need beside the .NET SDK is here, and installs what is missing where it may: programs from
# Debian as root, npm packages into ${LIVECOMMENTS_TOOLS:-~/.cache/live-comments}. Prints the name of each that is still missing.
#   deploy/tools.sh [NAME...]    all, or some of: node chromium nginx postgresql redis dynalite azurite bubblewrap yamllint systemd linters
set -uo pipefail
tools=${LIVECOMMENTS_TOOLS:-${HOME:?}/.cache/live-comments}
dynalite=4.0.0 azurite=3.37.0
linters=(@action-validator/core@0.6.0 @action-validator/cli@0.6.0 dclint@3.1.0 kubernetes-models@5.1.0 typescript@7.0.2 yaml@2.9.1)

has() {
  case $1 in
    # Node 20 or later, with npm.
    node) command -v npm && node --eval 'process.exit(Number(parseInt(process.versions.node) < 20))' ;;
    chromium) [[ -n ${LIVECOMMENTS_CHROMIUM:-} ]] || command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    nginx) command -v nginx && command -v openssl ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb ;;
    redis) command -v redis-server ;;
    dynalite) [[ -f $tools/node_modules/dynalite/cli.js ]] ;;
    azurite) [[ -f $tools/node_modules/azurite/dist/src/azurite.js ]] ;;
    bubblewrap) command -v bwrap ;;
    yamllint) command -v yamllint ;;
    systemd) command -v systemd-analyze ;;
    linters) for package in "${linters[@]}"; do [[ -d $tools/node_modules/${package%@*} ]] || return 1; done ;;
    *) echo "deploy/tools.sh: there is no tool \"$1\"." >&2; exit 2 ;;
  esac > /dev/null
}

((${#@})) || set -- node chromium nginx postgresql redis dynalite azurite bubblewrap yamllint systemd linters
debian=() npm=()
for tool; do
  has "$tool" || case $tool in
    node) debian+=(nodejs npm) ;;
    chromium) debian+=(chromium) ;;
    nginx) debian+=(nginx-light openssl) ;;
    postgresql) debian+=(postgresql) ;;
    redis) debian+=(redis-server) ;;
    dynalite) npm+=("dynalite@$dynalite") ;;
    azurite) npm+=("azurite@$azurite") ;;
    bubblewrap | yamllint | systemd) debian+=("$tool") ;;
    linters) npm+=("${linters[@]}") ;;
  esac
done

if ((${#debian[@]})) && [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null; then
  # Debian starts its own servers otherwise, which nobody here needs.
  { apt-get -qq update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${debian[@]}"; } > /dev/null
fi
if ((${#npm[@]})) && command -v npm > /dev/null; then
  mkdir -p "$tools" && npm install --silent --no-audit --no-fund --prefix "$tools" "${npm[@]}" > /dev/null
fi

missing=0
for tool; do has "$tool" || { echo "$tool"; missing=1; }; done
exit "$missing"
