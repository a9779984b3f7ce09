#!/bin/sh
# Options, manual, completions and README say the same.
. "$(dirname "$0")/../lib.sh"

# Options that take one of some words, a line each: its name and the words, from
# what --list-options prints, and from a page.
choices() {
	awk -F '	' '$3 ~ /\|/ && $3 !~ /[A-Z]/ { print $2 "\t" $3 }' |
	    in_order
}
page_choices() {
	sed -n 's/^\.It Fl \(. , \)*-\([a-z-]*\) Cm \(.* | .*\)/\2	\3/p' |
	    tr -d ' ' | in_order
}
in_order() {
	perl -F'\t' -lane 'print "$F[0]\t", join "|", sort split /\|/, $F[1]'
}

for tool in "$src"/src/cdc-*.c; do
	tool=$(basename "$tool" .c)
	page=$src/man/$tool.1
	"$tool" --list-options >"$T/options"
	# What goes on as cdc-tail takes its options, and says so.
	if [ "$tool" = cdc-snapshot ]; then
		cut -f2 "$T/options" >"$T/names"
		is "$(cdc-tail --list-options | cut -f2 | grep -vxFf "$T/names")" \
		    "" "$tool: takes what cdc-tail takes"
		cdc-tail --list-options | cut -f2 | grep -vxF "$(grep -o \
		    'Fl -[a-z-]*' "$page" | cut -c5-)" >"$T/next"
		awk -F '	' 'NR == FNR { next_of[$1]; next }
		    !($2 in next_of)' "$T/next" "$T/options" >"$T/own"
		mv "$T/own" "$T/options"
	fi
	missing=
	while IFS='	' read -r letter name arg help; do
		grep -q -- "Fl -$name\b\|, -$name\b" "$page" ||
		    missing="$missing --$name"
		[ "$letter" = - ] || [ "$letter" = '?' ] ||
		    grep -q "Fl $letter " "$page" ||
		    missing="$missing -$letter"
	done <"$T/options"
	is "$missing" "" "$tool: every option is in its page"
	unknown=$(grep -o 'Fl -[a-z][a-z0-9-]*' "$page" | sort -u | cut -c5- |
	    while read -r name; do
		"$tool" --list-options | cut -f2 | grep -qx -- "$name" || echo "--$name"
	    done)
	is "$unknown" "" "$tool: its page has no other option"
	"$tool" --list-options | choices >"$T/choices"
	is "$(page_choices <"$page" | grep -vxFf "$T/choices")" "" \
	    "$tool: its page offers no other choices"
	is "$(cut -f2 "$T/options" | sed "s/.*/^&	/" >"$T/names"
	    grep -f "$T/names" "$T/choices" | grep -vxF "$(page_choices \
	    <"$page")")" "" "$tool: every choice is in its page"
	summary=$("$tool" --help | head -n 1)
	is "$tool - $(sed -n 's/^\.Nd //p' "$page")" "$summary" \
	    "$tool: one summary"
	grep -q "^| \`$tool\` | $(sed -n 's/^\.Nd //p' "$page")" \
	    "$src/README.md"
	result $? "$tool: README has it in the same words"
	is "$(grep -A 1 "^\.It Xr $tool 1" "$src/man/cdc.7" | tail -n 1)" \
	    "$(sed -n 's/^\.Nd //p' "$page")" "$tool: cdc(7) too"
	is "$(grep -ow "src/$tool\|man/$tool\.1" "$src/Makefile.am" | sort -u |
	    tr '\n' ' ')" "man/$tool.1 src/$tool " \
	    "$tool: built, and its page installed"
	for section in 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
		grep -q "^\.Sh $section" "$page"
		result $? "$tool: page has $section"
	done
	[ -e "$src/tests/stage/$tool.t" ] || [ -e "$src/tests/server/$tool.t" ]
	result $? "$tool: has a test"
done

sh "$src/build-aux/completions" "${CDC_BIN:-$src/src}" "$T/made"
for file in cdc.bash _cdc cdc.fish; do
	same "$src/completions/$file" "$T/made/$file" \
	    "completions/$file is fresh: make completions makes it"
done
"$src/build-aux/elsewhere" "${CDC_BIN:-$src/src}" >"$T/elsewhere"
same "$src/src/lib/cli/elsewhere.inc" "$T/elsewhere" \
    "elsewhere.inc is fresh: make completions makes it, then make"
run cdc-tail --exclude-column=a.b.c -
exits 64 "an option of another program: 64"
err_like 'hint: --exclude-column is an option of cdc-filter' "whose it is"
succeeds "bash reads its completion" bash -n "$src/completions/cdc.bash"
complete_tail='
. "$1"
COMP_WORDS=(cdc-tail --decimal "")
COMP_CWORD=2
_cdc_tail
echo "${COMPREPLY[*]}"'
is "$(bash -c "$complete_tail" - "$src/completions/cdc.bash")" \
    "string double precise numeric" "and completes a choice"
done_testing
