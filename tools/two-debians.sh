#!/bin/sh
# Every kind of file, made in a fresh Debian 12 and a fresh Debian 13 (`build/debian`, kept for the
# next time), and compared: what CI does in containers. For root, where debootstrap is installed.
set -eu

place=$PWD/build/debian
mkdir -p "$place"
for release in bookworm trixie; do
    root=$place/$release
    [ -x "$root/usr/bin/make" ] ||
        debootstrap --variant=minbase --include=ca-certificates,make,python3,python3-venv "$release" "$root"
    # How this machine gets packages goes there with it, and never into the repository.
    for path in /etc/resolv.conf /etc/hosts /etc/pip.conf "$HOME/.config/pip" /etc/ssl/certs/ca-certificates.crt; do
        [ ! -e "$path" ] || { mkdir -p "$root${path%/*}" && cp -rL "$path" "$root${path%/*}"; }
    done
    rm -rf "$root/pfmp" && mkdir "$root/pfmp"
    { git ls-files -z && find pfmp_cli/data -type f -print0; } | tar -c --null -T - | tar -x -C "$root/pfmp"
    # The mounts are gone with the shell that makes them.
    unshare --mount sh -euc 'for one in proc sys dev dev/shm; do mount --bind "/$one" "$0/$one"; done
        exec chroot "$0" make -C /pfmp hashes' "$root"
    cp "$root/pfmp/build/hashes.txt" "$place/$release.txt"
done
diff "$place/bookworm.txt" "$place/trixie.txt"
echo "$(wc -l <"$place/trixie.txt") files, the same on both"
