#!/bin/sh
# Memory does not grow with a transaction or a file.
# not with sanitizers: they need memory of their own
. "$(dirname "$0")/../lib.sh"

# Peak of a command's memory in KiB, from the kernel.
peak() {
	perl -e 'my $pid = fork; if (!$pid) { open STDOUT, ">", "/dev/null";
	    exec @ARGV } my $max = 0; while (1) {
	    if (open my $f, "<", "/proc/$pid/status") { while (<$f>) {
		$max = $1 if /^VmHWM:\s+(\d+)/ && $1 > $max } }
	    last if waitpid($pid, 1) > 0; select undef, undef, undef, 0.005 }
	    print $max' "$@"
}

log=$src/examples/data/mariadb-bin.000001
cdc-tail "$log" >"$T/lines"
i=0
while [ $i -lt 2000 ]; do
	cat "$T/lines"
	i=$((i + 1))
done >"$T/many"
for stage in 'cdc-filter --exclude-table shop.orders' \
    'cdc-filter --exclude-column .*.email' cdc-unwrap 'cdc-route a b'; do
	kib=$(peak sh -c "exec $stage <'$T/many'")
	[ "$kib" -lt 16384 ]
	result $? "$stage: $kib KiB for $(wc -c <"$T/many") bytes"
done
kib=$(peak cdc-tail "$log")
[ "$kib" -lt 16384 ]
result $? "cdc-tail: $kib KiB"
done_testing
