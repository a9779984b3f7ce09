# Records for tests of cdc-format, to be sourced after lib.sh.

# Those of the example, with and without schema records; these and heartbeats
# alone.
shop_records() {
	shop --control --transactions --tombstones --query >"$T/all"
	grep -v '"tableChanges"' "$T/all" >"$T/no-schemas"
	grep '"tableChanges"' "$T/all" >"$T/schemas"
	grep '"beat":"first"' "$T/all" >"$T/modes"
}
# usage: printf "$row" BEFORE AFTER GTID QUERY OP   a record of d.t
row='{"topic":"m.d.t","key":{"id":1},"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t","ts_ms":1000,"gtid":"%s","query":%s},"op":"%s"}}\n'
# usage: table COLUMNS   a schema record of d.t
table() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"id","typeName":"INT","optional":false}%s]}}]}}\n' "$1"
}
# A column v, of a character set.
text=',{"name":"v","typeName":"VARCHAR","length":50,"charsetName":"%s","optional":true}'
# usage: varchar [CHARSET]   a schema record of d.t (id, v)
varchar() { table "$(printf "$text" "${1:-utf8mb4}")"; }
# usage: moved AFTER   records of a key that changes from 1 to 2
moved() {
	printf "$row" '{"id":1,"v":"x"}' null 0-1-1 null d |
	    sed 's/,"payload"/,"headers":{"__debezium.newkey":{"id":2}}&/'
	printf "$row" null "$1" 0-1-1 null c |
	    sed 's/,"payload"/,"headers":{"__debezium.oldkey":{"id":1}}&/
	    s/"key":{"id":1}/"key":{"id":2}/'
}
