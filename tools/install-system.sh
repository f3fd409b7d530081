#!/bin/sh
# What laying a document out needs from the system: Pango, and HarfBuzz with its subsetter.
# Installs it where that is possible (Debian and its like, as root), names it where not.
# Packages given as arguments are only wished for: the tests use them where they are.
set -eu

PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

missing() {
    for package in "$@"; do
        command -v "$package" >/dev/null 2>&1 ||
            dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

command -v dpkg-query >/dev/null 2>&1 || {
    echo "pfmp a besoin de Pango ≥ 1.44 et de HarfBuzz ≥ 4.1 (avec harfbuzz-subset)." >&2
    echo "Installez-les avec le gestionnaire de paquets du système (macOS : brew install pango)." >&2
    exit 0
}

# shellcheck disable=SC2086 # lists of package names
needed=$(missing $PACKAGES)
wished=$(missing "$@")
[ -n "$needed$wished" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    # shellcheck disable=SC2086
    [ -z "$needed" ] || install $needed
    for package in $wished; do
        install "$package" || echo "$package ne s'installe pas : les tests qui s'en servent seront sautés." >&2
    done
elif [ -n "$needed" ]; then
    echo "Il manque des bibliothèques du système. Tapez, puis recommencez :" >&2
    echo "    sudo apt-get install" $needed >&2
    exit 1
fi
