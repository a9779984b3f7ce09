#!/bin/sh
# cdc-format --to es-bulk: a real node takes every action and every template,
# and holds the newest rows whatever is repeated and in whatever order it comes.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/opensearch.sh"

node=
cleanup() { [ -z "$node" ] || opensearch_stop "$node"; }
opensearch_fetch 2>"$T/err" ||
    skip_all "no OpenSearch here: $(tail -n 1 "$T/err")"
opensearch_start "$T/node" || {
	result 1 "a node starts"
	tail -n 5 "$T/node/log" | sed 's/^/# /'
	done_testing
	exit
}
node=$T/node

# Send each paragraph of a file as a request.
# usage: bulk FILE   the answers in $T/answers
bulk() {
	: >"$T/answers"
	mkdir -p "$T/parts"
	perl -00 -ne 'open my $f, ">", sprintf "%s/%06d", "'"$T/parts"'", $.;
	    s/\n+$/\n/; print $f $_' "$1"
	for part in "$T/parts"/*; do
		opensearch_ask _bulk --data-binary "@$part" >>"$T/answers"
		echo >>"$T/answers"
	done
	rm -r "$T/parts"
}
# What went wrong, apart from older versions.
errors() {
	jq -r '.error // (.items[] | .[] | select(.error and
	    .error.type != "version_conflict_engine_exception") |
	    [._index, ._id, .error.reason, .error.caused_by.reason]) | tojson' \
	    "$T/answers" | head -n 5
}
# usage: put_templates RECORDS
put_templates() {
	cdc-format -q --to es-bulk --es-template <"$1" >"$T/templates"
	while IFS= read -r line; do
		printf '%s' "$line" | jq -c .index_template >"$T/template"
		opensearch_ask "_index_template/$(printf '%s' "$line" |
		    jq -r .name)" -X PUT \
		    --data-binary "@$T/template"
		echo
	done <"$T/templates"
}

for case in ecommerce types-bin types-enum types-geo types-inet types-int \
    types-json types-text types-uuid types-vector types-zerodate; do
	log=$src/tests/conformance/data/$case/binlog.000001
	cdc-tail -q --on-error warn --control --time string --from 1-1-1 \
	    --exclude-table 'zz_sentinel\..*' "$log" 2>"$T/err" |
	    grep -v '"key":null,"payload":{"before"\|"key":{"k":""}' \
	    >"$T/records"
	is "$(put_templates "$T/records" | grep -v '^{"acknowledged":true}$')" \
	    "" "$case: templates"
	cdc-format -q --to es-bulk --batch 50 <"$T/records" >"$T/actions" \
	    2>"$T/err" || result 1 "$case: $(cat "$T/err")"
	bulk "$T/actions"
	is "$(errors)" "" "$case: $(grep -c '"index"' "$T/actions") documents"
	opensearch_ask _refresh -X POST >"$T/log"
	opensearch_ask 'cdc-*/_search?size=10000&version=true' |
	    jq -c '.hits.hits[] | [._index, ._id, ._version, ._source]' |
	    sort >"$T/got"
	# the last action of each document, unless it is a delete
	jq -c -n 'reduce (inputs | select(. != null)) as $l ([{}, null];
	    if .[1] then .[0][.[1][0]] = .[1][1] + [$l] | .[1] = null
	    elif $l.index then .[1] = [$l.index._index + " " + $l.index._id,
		[$l.index._index, $l.index._id, $l.index.version]]
	    else .[0][$l.delete._index + " " + $l.delete._id] = null end) |
	    .[0][] | select(.)' "$T/actions" | sort >"$T/want"
	same "$T/got" "$T/want" "$case: they are there"
	opensearch_ask 'cdc-*' -X DELETE >"$T/log"
done

for seed in 1 2 3; do
	python3 "$src/tests/server/replays.py" records $seed >"$T/records" \
	    2>"$T/table"
	put_templates "$T/records" >"$T/log"
	cdc-format --to es-bulk <"$T/records" >"$T/actions"
	python3 "$src/tests/server/replays.py" shuffle $seed <"$T/actions" \
	    >"$T/shuffled"
	bulk "$T/shuffled"
	is "$(errors)" "" "seed $seed: $(wc -l <"$T/shuffled") lines"
	opensearch_ask _refresh -X POST >"$T/log"
	opensearch_ask 'cdc-t/_search?size=100' | jq -c --slurpfile table \
	    "$T/table" '[.hits.hits[] | {key: ._id, value: (._source |
	    {id, v})}] | from_entries as $got | $table[0] |
	    with_entries(.value = $got[.key])' >"$T/got"
	jq -c . "$T/table" >"$T/want"
	same "$T/got" "$T/want" "seed $seed: the newest rows, and no others"
	opensearch_ask 'cdc-*' -X DELETE >"$T/log"
done
done_testing
