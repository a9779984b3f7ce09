#!/bin/sh
# cdc-filter --where keeps the rows that the server's own WHERE selects.
# WHERE_CONDITIONS=N, WHERE_SEED=N: others
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }

# Equal collations: texts by their bytes, blanks at the end included.
table='SET NAMES utf8mb4; CREATE DATABASE w; CREATE TABLE w.t (
    id INT PRIMARY KEY, i INT, b BIGINT UNSIGNED, d DECIMAL(20,6),
    e DECIMAL(10,2), s VARCHAR(40), t TEXT)
    CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;'

# usage: selected FILE    what the server selects by each condition of it
selected() {
	{
		echo 'SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin;'
		while read -r condition; do
			printf "SELECT %s FROM w.t WHERE %s;\n" \
			    "IFNULL(GROUP_CONCAT(id ORDER BY id), '-')" \
			    "$condition"
		done <"$1"
	} | mariadb_sql "$server" -N --default-character-set=utf8mb4
}

# usage: kept FILE STREAM    what cdc-filter keeps
kept() {
	while read -r condition; do
		cdc-filter --where "$condition" <"$2" 2>"$T/err" |
		    sed 's/.*"after":{"id":\([0-9]*\).*/\1/' | sort -n |
		    paste -sd, | sed 's/^$/-/'
		[ ! -s "$T/err" ] || sed "s/^/$condition: /" "$T/err" >&2
	done <"$1"
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	server_start $v "$T/$v" || continue
	{
		echo "$table"
		python3 -B "$src/tests/server/where.py" --rows 120 7
	} | mariadb_sql "$server" --default-character-set=utf8mb4
	cdc-tail -S "$server/sock" -u root --from earliest --until now \
	    -t 'w\.t' >"$T/rows" 2>"$T/err" || explain cdc-tail
	is "$(grep -c '"op":"c"' "$T/rows")" 120 "$v: rows"
	python3 -B "$src/tests/server/where.py" "${WHERE_CONDITIONS:-150}" \
	    "${WHERE_SEED:-1}" >"$T/conditions"
	selected "$T/conditions" >"$T/want"
	kept "$T/conditions" "$T/rows" >"$T/got" 2>"$T/words"
	is "$(wc -l <"$T/want")" "$(wc -l <"$T/conditions")" \
	    "$v: the server takes all conditions"
	is "$(cat "$T/words")" "" "$v: none is an error"
	paste "$T/conditions" "$T/want" "$T/got" | awk -F'\t' '$(NF-1) != $NF' \
	    >"$T/differ"
	is "$(head -n 3 "$T/differ")" "" "$v: each keeps what the server selects"
	server_stop
done
done_testing
