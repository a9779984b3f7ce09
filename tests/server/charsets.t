#!/bin/sh
# Every code of every character set, as the server itself converts it there and
# back; and what cdc-apply says of bytes that no server takes.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

mariadb_have 11.8 || skip_all "no MariaDB 11.8 here"
cleanup() { server_stop; }
server_start 11.8 "$T/s" || done_testing
sql() { mariadb_sql "$server" -N -B "$@"; }

# usage: one CHARACTER   as UTF-8, its bytes, are they the same again?  sjis has
# its backslash in ASCII's place.
one() {
	echo "HEX(CONVERT($1 USING utf8mb4)), HEX($1), IF('$set' = 'sjis' AND
	    HEX($1) IN ('5C', '815F'), HEX($1) = '5C', HEX($1) =
	    HEX(CONVERT(CONVERT($1 USING utf8mb4) USING $set)))"
}

sets=$(sql -e "SELECT CHARACTER_SET_NAME FROM
    information_schema.CHARACTER_SETS WHERE CHARACTER_SET_NAME NOT IN
    ('binary') ORDER BY 1")
sql -e 'CREATE DATABASE t'
for set in $sets; do
	# Codes of one and two bytes; of three where the set has them.
	case $set in
	ujis | eucjpms) three='UNION ALL SELECT 9371648 + seq FROM seq_0_to_65535' ;;
	*) three= ;;
	esac
	sql t <<-SQL
	CREATE TABLE $set (id INT PRIMARY KEY,
	  v VARCHAR(8) CHARACTER SET $set);
	INSERT IGNORE INTO $set SELECT c, CONVERT(CHAR(c USING binary)
	  USING $set) FROM (SELECT seq AS c FROM seq_0_to_65535 $three) AS s;
	DELETE FROM $set WHERE v IS NULL OR v = '' OR INSTR(
	  CONVERT(v USING utf8mb4), '?') AND id != 63;
	-- half a surrogate pair: to the server a character like others
	DELETE FROM $set WHERE '$set' IN ('ucs2', 'utf32')
	  AND id BETWEEN 0xD800 AND 0xDFFF;
	FLUSH BINARY LOGS;
	CREATE TABLE copy SELECT id, v FROM $set;
	FLUSH BINARY LOGS;
	DROP TABLE copy;
	SQL
	log=$(find "$server" -name 'mariadb-bin.0*' ! -name '*.idx' | sort |
	    tail -n 2 | head -n 1)
	# what the server makes another code of stays bytes, and so does what
	# stands for bytes
	sql t -e "SELECT id, $(one 'LEFT(v, 1)'), $(one 'SUBSTRING(v, 2)')
	    FROM $set ORDER BY id" | perl -F'\t' -lane '
	    sub strays { join "", map { sprintf "EE%02X%02X", 0xBC + ($_ >> 6),
		0x80 + ($_ & 63) } unpack "C*", pack "H*", $_[0] }
	    sub one { my ($text, $bytes, $same) = @_;
		return strays($bytes) unless $same;
		return $text =~ /^EE(BC|BD|BE|BF)/ ? strays($text) : $text; }
	    print "$F[0]\t", one(@F[1 .. 3]), one(@F[4 .. 6])' >"$T/want"
	cdc-tail "$log" | perl -ne '
	    BEGIN { %short = (b => 8, t => 9, n => 10, f => 12, r => 13,
		"\"" => 34, "\\" => 92); }
	    ($id, $v) = /"after":{"id":(\d+),"v":"(.*)"},"source"/ or next;
	    $v =~ s/\\(?:u00(..)|(.))/chr(defined $1 ? hex $1 : $short{$2})/ge;
	    printf "%d\t%s\n", $id, uc unpack "H*", $v' |
	    sort -n >"$T/got"
	same "$T/got" "$T/want" "$set: $(wc -l <"$T/want") codes"
done

# A row whose text is VALUE goes to a column of SET.
sql -e "CREATE DATABASE a; CREATE TABLE a.t (id INT PRIMARY KEY,
    v VARCHAR(8) CHARACTER SET sjis); INSERT INTO a.t VALUES (1, 'ab')"
cdc-snapshot -q -S "$server/sock" -t '^a\.t$' >"$T/row"
while read -r value set schema want what; do
	sql -e "CREATE OR REPLACE TABLE a.t (id INT PRIMARY KEY,
	    v VARCHAR(8) CHARACTER SET $set)"
	sed "s/\"v\":\"ab\"/\"v\":\"$value\"/" "$T/row" | case $schema in
	known) cat ;;
	*) grep '"op":"r"' ;;
	esac >"$T/in"
	run_on "$T/in" cdc-apply -q -S "$server/sock" --no-state
	case $want in
	=*)
		exits 0 "$what"
		is "$(sql -e 'SELECT HEX(v) FROM a.t')" "${want#=}" "$what: is"
		;;
	*)
		exits 65 "$what"
		err_like "a\.t.*$(echo "$want" | tr _ ' ')" "$what: is said"
		;;
	esac
done <<-'EOF'
a\\uef87\\uef8ab sjis known =61878A62 bytes in their character set
a\\\\b sjis unknown =615C62 a backslash in sjis
\\uefee\\uefbc\\uef80 utf8mb4 unknown =EEBC80 a character that stands for a byte
\\uef87\\uef8a sjis unknown in_an_unknown_character_set bytes of an unknown character set
\\uef87\\uef8a cp932 known another_character_set bytes for another character set
\\uef80 sjis known Invalid_sjis_character bytes that no server takes
EOF
done_testing
