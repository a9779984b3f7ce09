#!/bin/sh
# The gates of the house.
. "$(dirname "$0")/../lib.sh"

cd "$src" || exit 1
succeeds "check-style" sh build-aux/check-style
if command -v mandoc >/dev/null; then
	succeeds "mandoc lint" mandoc -T lint -W warning man/*.[157]
else
	skip "mandoc lint" "no mandoc here"
fi
if command -v shellcheck >/dev/null; then
	succeeds "shellcheck" shellcheck -s sh -S warning -x -P . \
	    -e SC1090,SC1091,SC2034,SC2046,SC2086,SC2154 \
	    tests/*.sh tests/*/*.t tests/*/*.sh examples/*.sh \
	    build-aux/check-style build-aux/completions
else
	skip "shellcheck" "no shellcheck here"
fi
types=$(sed -n 's/^	\[\(TYPE_[A-Z0-9_]*\)\] = .*bind_.*/\1/p' \
    src/lib/value/types.c)
missing=
for type in $types; do
	case $type in
	TYPE_NEWDATE | TYPE_VAR_STRING) ;;      # as DATE and VARCHAR
	*) grep -q "$type" tests/unit/value.c || missing="$missing $type" ;;
	esac
done
is "$missing" "" "every printed column type has a vector"
done_testing
