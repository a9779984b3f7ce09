#!/bin/sh
# What the manual advises for a pipeline that runs, as it stands there.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/examples.sh"

cleanup() { pair_stop; }

mariadb_have 11.8 || skip_all "no MariaDB 11.8 here"
mariadb_start 11.8 "$T/from" && from=$T/from
mariadb_start 11.8 "$T/to" --server-id=2 && to=$T/to
cd "$T" || exit 1

from_sql -e "CREATE DATABASE shop; USE shop;
    CREATE TABLE orders (id INT PRIMARY KEY, v INT);
    CREATE TABLE customers (id INT PRIMARY KEY, v INT);
    INSERT INTO orders VALUES (1, 1);
    INSERT INTO customers VALUES (1, 1), (2, 2), (3, 3)"
to_sql -e "CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY,
    v INT)"
cdc-tail -q -S from/sock -t 'shop\.orders' --from earliest --until now \
    --state pos | cdc-apply -q -S to/sock --state pos
from_sql shop -e "UPDATE customers SET v = 20 WHERE id = 2;
    DELETE FROM customers WHERE id = 3; INSERT INTO orders VALUES (2, 2)"

# a table more: what the messages say, in its order
run cdc-tail -S from/sock -t 'shop\.(orders|customers)' --state pos --until now
exits 78 "another list: 78"
err_like 'hint: .*cdc-apply --name copy.*--accept-lists' "what to do"

# … and it is what the pipe ends with, in a shell without pipefail
where() { cdc-apply -S to/sock --show-state | jq -c 'del(.ts_ms)'; }
at=$(where)
run sh -c "cdc-tail -q -S from/sock -t 'shop\\.(orders|customers)' \
    --state pos --until now | cdc-filter |
    cdc-apply -S to/sock --state pos"
exits 78 "the whole pipe: 78"
err_like 'cdc-apply: .* ended with exit status 78' "… in the sink's words"
is "$(grep -c 'run again\|run it again' "$T/err")" 0 "… which do not say again"
is "$(where)" "$at" "… and the position stays"
run sh -c "cdc-tail -q -S from/nosock --from now --retries 0 --control |
    cdc-apply -S to/sock --name other"
exits 69 "a server that is not there: 69"
examples_of "$src/man/cdc-apply.1" page
recipe=$(grep -l -- '--name copy' page/*)
sed 's,-h db1,-S from/sock,; s,-h replica,-S to/sock,;
    s/^cdc-tail /cdc-tail --until now /' "$recipe" >recipe
run timeout 300 sh -e recipe
exits 0 "the example of the manual"
for table in orders customers; do
	is "$(to_sql -N -e "SELECT * FROM shop.$table ORDER BY id")" \
	    "$(from_sql -N -e "SELECT * FROM shop.$table ORDER BY id")" \
	    "… after which $table is the same"
done
from_sql shop -e 'INSERT INTO customers VALUES (4, 4)'
cdc-tail -q --time string -S from/sock -t 'shop\.(orders|customers)' --state pos \
    --until now | cdc-apply -q -S to/sock --state pos
is "$(to_sql -N -e 'SELECT v FROM shop.customers WHERE id = 4')" 4 \
    "and the pipeline goes on as ever"

# what came before an error is applied, whichever program it was
from_sql shop -e "INSERT INTO orders VALUES (7, 7);
    CREATE TABLE shop.copied AS SELECT 1 AS i; INSERT INTO orders VALUES (8, 8)"
run sh -c "cdc-tail -q --time string -S from/sock --state pos --accept-lists --until now \
    --schema-changes | cdc-filter -q -t 'shop\\..*' |
    cdc-apply -q -S to/sock --state pos --accept-lists --ignore-unknown-columns"
exits 78 "a filter's error is what the pipe ends with"
is "$(to_sql -N -e 'SELECT id FROM shop.orders WHERE id > 6')" 7 \
    "… after what came before it"
cdc-tail -q --time string -S from/sock -t 'shop\.(orders|customers)' --state pos \
    --accept-lists --until now |
    cdc-apply -q -S to/sock --state pos --accept-lists
is "$(to_sql -N -e 'SELECT id FROM shop.orders WHERE id > 7')" 8 \
    "… and the next run goes on from there"

# a statement that does not fit: its GTID, and how it alone is skipped
from_sql shop -e "CREATE TABLE gone (id INT); CREATE TABLE twice (id INT)"
to_sql shop -e "CREATE TABLE twice (id INT PRIMARY KEY)"
from_sql shop -e "CREATE TABLE later (id INT PRIMARY KEY);
    INSERT INTO later VALUES (1)"
stream() {
	cdc-tail -q --time string -S from/sock -t 'shop\.(orders|customers|later|twice|gone)' \
	    --schema-changes --state pos --accept-lists "$@"
}
apply() {
	run_on stream cdc-apply -q -S to/sock --state pos --accept-lists \
	    --schema-evolution "$1"
}
stream --until now >stream
apply apply-ddl
exits 78 "a statement that does not fit: 78"
gtid=$(sed -n 's/.*the statement of \([0-9-]*\): .*/\1/p' "$T/err")
err_like "hint: .*--until $gtid .*--schema-evolution none" "which, and the way"
stream --until "$gtid" >stream
apply none
exits 0 "it alone is skipped"
stream --until now >stream
apply apply-ddl
exits 0 "and all that follows is done"
is "$(to_sql -N -e 'SELECT * FROM shop.later')" 1 "… statements and rows"
done_testing
