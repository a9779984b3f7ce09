#!/bin/sh
# Every page of the manual fits a terminal of 80 columns, as mandoc and as groff
# render it, without a preprocessor.
. "$(dirname "$0")/../lib.sh"

# The lines of FILE that are too long, as people see them: without overstriking.
too_long() {
	perl -CSD -ne 's/.\x08//g; s/\e\[[0-9;]*m//g; chomp;
	    print "$.: $_\n" if length > 80' "$1"
}
by_mandoc() { mandoc -T utf8 -O width=78 "$1"; }
by_groff() { groff -k -Tutf8 -mandoc -rLL=78n "$1"; }

# usage: fits RENDERER PAGE
fits() {
	"by_$1" "$2" >"$T/page" 2>"$T/err"
	is "$? $(cat "$T/err")$(too_long "$T/page")" "0 " \
	    "$1: $(basename "$2")"
}

sed 's/^Print every change in two logs:/&\
.Bd -literal\
cdc-tail examples\/data\/mariadb-bin.000001 examples\/data\/mariadb-bin.000002 -\
.Ed/' "$src/man/cdc-tail.1" >"$T/long.1"
for renderer in mandoc groff; do
	command -v $renderer >/dev/null || {
		skip "$renderer" "no $renderer here"
		continue
	}
	for page in "$src"/man/*.[157]; do
		fits $renderer "$page"
	done
	"by_$renderer" "$T/long.1" >"$T/page"
	is "$(too_long "$T/page" | wc -l)" 1 "$renderer: a long line is found"
done
is "$(grep -lE '^\.(TS|EQ|PS)' "$src"/man/*.[157])" "" "no page needs tbl"
done_testing
