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
buf_printf(out, "DELETE FROM %s", name);
buf_printf(out, "SELECT * " "FROM t WHERE id = '%" PRIu64 "'", id);
mysql_real_query(db, text, n);
buf_str(&statement->made, name);
struct sql_part p = { .kind = PART_WORDS, .one = name };
db_execute(db, err, SQL_FOREIGN(name));
statement_add(&sql, SQL_EXPRESSION(name));
mysql_real_connect(db, 0, 0, 0, 0, 0, 0, CLIENT_MULTI_STATEMENTS);
x = ev->body[4];
memcpy(to, ev->body + 8, n);
x = load_le(part.body, 4);
sprintf(p, "%d", n);
strcpy(to, from);
n = atol (v[1]);
p = malloc(n);
fprintf(stderr, "no");
buf_printf(out, ",\"name\":\"%.*s\"", n, p);
if (strchr("abc", c))
/* a line that is longer than all the lines which a terminal of eighty columns has */
#include <pcre2.h>
#include "apply/apply.h"
EOF
spoils=0
while IFS= read -r line; do
	spoils=$((spoils + 1))
	printf '%s\n' "$line" >"$T/spoilt/src/lib/tail/spoilt_$spoils.c"
done <"$T/spoils"
is "$spoils" 21 "lines that the gates tell of"
printf 'int\nstray(void)\n' >"$T/spoilt/src/lib/tail/spoilt_name.c"
printf 'struct batch {\n\tint n;\n};\n' >"$T/spoilt/src/lib/tail/batch.c"
(cd "$T/spoilt" && sh build-aux/check-style) >"$T/said" 2>&1
is "$?" 1 "check-style fails"
for spoilt in $(seq $spoils); do
	grep -q "tail/spoilt_$spoilt\.c" "$T/said" ||
	    sed -n "${spoilt}p" "$T/spoils"
done >"$T/passed"
is "$(cat "$T/passed")" "" "each of them is told of"
is "$(grep -c 'spoilt_name.c:2: stray() has no word' "$T/said")" 1 \
    "a name from nowhere, too"
is "$(grep -c '^two files called batch.c: .*tail/batch.c' "$T/said")" 1 \
    "two files of one name"
is "$(grep -c '^struct batch is there twice: ' "$T/said")" 1 \
    "two structs of one name"
succeeds "what is waited for is new" perl build-aux/check-tests \
    tests/*.sh tests/*/*.t tests/*/*.sh
printf '%s\n' 'cdc-tail log >"$T/out" &' 'wait_for "$T/out" gtid' >"$T/old.t"
is "$(perl build-aux/check-tests "$T/old.t")" \
    "$T/old.t:1: \$T/out may be an old one" "and that gate bites"
succeeds "each fault of tests/mutants has its place" \
    python3 -B tests/mutants/mutants.py --check
if command -v mandoc >/dev/null; then
	succeeds "mandoc lint" mandoc -T lint -W warning man/*.[157]
else
	skip "mandoc lint" "no mandoc here"
fi
if command -v shellcheck >/dev/null; then
	succeeds "shellcheck" sh build-aux/check-scripts tests/run-tap \
	    tests/*.sh tests/*/*.t tests/*/*.sh examples/*.sh \
	    build-aux/check-scripts build-aux/check-style \
	    build-aux/completions build-aux/packages.sh
	printf 'echo `date` $(cat x|grep y)\nread x\n[ $x == y ]\n' >"$T/bad.sh"
	sh build-aux/check-scripts "$T/bad.sh" >"$T/said" 2>&1 ||
	    sh build-aux/check-scripts "$T/bad.sh" >"$T/said" 2>&1
	is "$? $(grep -c "SC3014 (" "$T/said")" "1 1" \
	    "what is not clean is told of each time"
else
	skip "shellcheck" "no shellcheck here"
fi
missing=
for name in $(grep -o '`[a-zA-Z_/]*\.\(c\|h\|def\|inc\|t\|sh\|pl\|py\|tsv\|txt\)`' \
    HACKING.md | tr -d '`' | sort -u); do
	case $name in
	*NAME*) ;;
	*) find src tests build-aux examples -path "*/$name" -o \
	    -path "$name" | grep -q . || missing="$missing $name" ;;
	esac
done
is "$missing" "" "each file that HACKING names is there"
types=$(sed -n 's/^LOG_TYPE(\([A-Z0-9_]*\),.*/\1/p' src/lib/value/types.def)
is "$(echo "$types" | wc -w)" "$(grep -c '^LOG_TYPE(' src/lib/value/types.def)" \
    "types of columns are found"
missing=
for type in $types; do
	case $type in
	DECIMAL | NEWDATE | VAR_STRING) ;;      # refused; as DATE and VARCHAR
	*) grep -q "COLUMN_$type\>" tests/unit/value.c ||
	    missing="$missing $type" ;;
	esac
done
is "$missing" "" "every printed column type has a vector"
done_testing
