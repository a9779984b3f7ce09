#!/bin/sh
# The gates of the house.
. "$(dirname "$0")/../lib.sh"

cd "$src" || exit 1
succeeds "check-style" sh build-aux/check-style

# A gate that lets everything pass is none: each of these lines, in a copy of
# the sources, must be told of.
mkdir "$T/spoilt"
cp -r src build-aux "$T/spoilt"
cat >"$T/spoils" <<'EOF'
formatted	buf_printf(out, "DELETE FROM %s", name);
formatted	buf_printf(out, "SELECT * "
formatted	    "FROM t WHERE id = '%" PRIu64 "'", id);
sent	mysql_real_query(db, text, n);
writer	buf_str(&statement->made, name);
writer	struct sql_part p = { .kind = PART_WORDS, .one = name };
foreign	db_execute(db, err, SQL_FOREIGN(name));
expression	statement_add(&sql, SQL_EXPRESSION(name));
raw	x = ev->body[4];
raw	memcpy(to, ev->body + 8, n);
raw	x = load_le(part.body, 4);
one statement	mysql_real_connect(db, 0, 0, 0, 0, 0, 0, CLIENT_MULTI_STATEMENTS);
EOF
words='formatted sent writer foreign expression raw one'
for word in $words; do
	sed -n "s/^${word}[ a-z]*	//p" "$T/spoils" \
	    >"$T/spoilt/src/lib/tail/spoilt_$word.c"
done
spoilt=
(cd "$T/spoilt" && sh build-aux/check-style) >"$T/said" 2>&1 &&
    spoilt=passed
for word in $words; do
	file=spoilt_$word.c
	grep -q "$word.*$file\|$file.*$word" "$T/said" ||
	    spoilt="$spoilt $word:unsaid"
done
is "$spoilt" "" "the gates of SQL and of bytes bite"
succeeds "what is waited for is new" perl build-aux/check-tests \
    tests/*.sh tests/*/*.t tests/*/*.sh
printf '%s\n' 'cdc-tail log >"$T/out" &' 'wait_for "$T/out" gtid' >"$T/old.t"
is "$(perl build-aux/check-tests "$T/old.t")" \
    "$T/old.t:1: \$T/out may be an old one" "and that gate bites"
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
