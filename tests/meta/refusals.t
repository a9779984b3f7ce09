#!/bin/sh
# What is refused stands in the tables of cdc-event(5) and cdc-apply(1), in the
# words of its message.
. "$(dirname "$0")/../lib.sh"
list() { perl "$src/tests/meta/refusals.pl" "$@" 2>&1; }
is "$(list "$src")" "" "each refusal is in a table of the manual"

# A gate that lets everything pass is none.
mkdir -p "$T/top/tests/meta"
cp -r "$src/src" "$src/man" "$T/top"
cp "$src/tests/meta/refusals.txt" "$T/top/tests/meta"
cat >"$T/top/src/lib/tail/new.c" <<'EOF'
	return err_set(err, ERR_CONFIG, "table %s.%s: a thing of " "no kind",
	    db, name);
	return refuse(f, "nobody may");
EOF
sed -i '/^a relay log$/s/.*/a log of relays/' "$T/top/man/cdc-event.5"
is "$(list "$T/top")" "man/cdc-event.5: nothing says: a log of relays
src/lib/source/file.c: in no table: a relay log: its positions are those of \
its source's logs, and its ends are not those of transactions
src/lib/tail/new.c: in no table: nobody may
src/lib/tail/new.c: in no table: table %s.%s: a thing of no kind" \
    "and the gate bites"
done_testing
