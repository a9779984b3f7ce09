#!/bin/sh
# The two commands of the README in a root that holds a bare Debian 12 and
# nothing else.  Needs root, debootstrap and a mirror; takes minutes.
# usage: tests/fresh.sh [quickstart|tests]     (default: both)
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
what=${1:-both}
root=$(mktemp -d)
chmod 755 "$root"
mirror=$(sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' \
    -e 's/^deb \(\[[^]]*\] \)\{0,1\}\(http[^ ]*\/debian\/*\) .*/\2/p' \
    /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    head -n 1)
cleanup() {
	for dir in dev/pts dev proc; do
		umount "$root/$dir" 2>/dev/null || :
	done
	# what is still mounted is the host's
	rm -rf --one-file-system "$root"
}
trap cleanup EXIT

debootstrap --variant=minbase bookworm "$root" \
    "${mirror:-http://deb.debian.org/debian}" >/dev/null
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
# a terminal for what asks for a password; nothing of it on the host's /dev
mount --make-private "$root/dev"
mount --bind /dev/pts "$root/dev/pts"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
for file in /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf; do
	[ ! -e "$file" ] || cp "$file" "$root/etc/apt/apt.conf.d/"
done
mkdir "$root/cdc-tools"
(cd "$top" && git archive HEAD) | tar -x -C "$root/cdc-tools"
in_root() { chroot "$root" /usr/bin/env -i HOME=/root \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${http_proxy:+http_proxy=$http_proxy} \
    sh -c "cd /cdc-tools && $1"; }

if [ "$what" != tests ]; then
	in_root 'sh examples/quickstart.sh'
	in_root 'sh examples/quickstart.sh >/dev/null && echo "again: good"'
fi
if [ "$what" != quickstart ]; then
	in_root 'sh tests/run.sh'
fi
