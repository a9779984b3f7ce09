#!/bin/sh
# cdc-event(5) and cdc-apply(1) list the message of whatever is refused.
. "$(dirname "$0")/../lib.sh"
list() { perl "$src/tests/meta/refusals.pl" "$@" 2>&1; }
is "$(list "$src")" "" "each refusal is in the manual"

# The gate finds what is missing, and what is listed in vain.
mkdir -p "$T/top/tests/meta"
cp -r "$src/src" "$src/man" "$T/top"
cp "$src/tests/meta/refusals.txt" "$T/top/tests/meta"
cat >"$T/top/src/lib/tail/new.c" <<'EOF'
	return err_set(err, ERR_CONFIG, "table %s.%s: a thing of " "no kind",
	    db, name);
	return refuse(f, "nobody may");
EOF
sed -i '/^\.It Sy "a relay log"/s/a relay log/a log of relays/' \
    "$T/top/man/cdc-event.5"
is "$(list "$T/top")" "man/cdc-event.5: not in the sources: a log of relays
src/lib/source/file.c: not in the manual: a relay log: its positions are those of \
its source's logs, and its ends are not those of transactions
src/lib/tail/new.c: not in the manual: nobody may
src/lib/tail/new.c: not in the manual: table %s.%s: a thing of no kind" \
    "and the gate bites"
done_testing
