#!/usr/bin/perl
# Seeds for the harnesses, cut from the recorded data in tests/ and examples/.
# usage: seeds.pl SOURCE-TREE DIR    makes DIR/HARNESS/NAME
use strict;
use warnings;
use File::Basename;
use File::Path 'make_path';

my ($src, $dir) = @ARGV;
my %count;

sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	local $/;
	return <$in>;
}

sub seed {
	my ($harness, $bytes) = @_;
	return if ($count{$harness} // 0) >= 250;
	make_path("$dir/$harness");
	my $path = sprintf '%s/%s/%03d', $dir, $harness, $count{$harness}++;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out $bytes;
}

# Events of a log: type, body, event without checksum.
sub events {
	my ($log) = @_;
	my ($at, $sum, @events) = (4, 0);
	while ($at + 19 <= length $log) {
		my ($type, $size) = unpack 'x4 C x4 V', substr $log, $at, 13;
		last if $size < 19 || $at + $size > length $log;
		my $ev = substr $log, $at, $size;
		$at += $size;
		if ($type == 15) {
			$sum = $size > 100 ? ord substr $ev, -5, 1 : 0;
			next;
		}
		$ev = substr $ev, 0, -4 if $sum == 1;
		substr($ev, 9, 4) = pack 'V', length $ev;
		push @events, [$type, substr($ev, 19), $ev];
	}
	return @events;
}

sub image_seed {
	my ($mysql, $map, $rows, $v2) = @_;
	my $front = $v2 ? 8 + unpack 'v', substr $rows, 8, 2 : 8;
	my $columns = ord substr $rows, $front, 1;
	return if $columns >= 251;
	my $images = substr $rows, $front + 1 + int(($columns + 7) / 8);
	seed('image', pack('C v', $mysql + 4 * $count{image}++ % 256,
	    length $map) . $map . $images);
	$count{image}--;
}

sub seeds_of_log {
	my ($path) = @_;
	my $mysql = $path =~ /mysql/ ? 1 : 0;
	my ($piece, $script, $map, $n) = ('', '', '', 0);
	for my $ev (events(slurp($path))) {
		my ($type, $body, $raw) = @$ev;
		if (($type == 162 || $type == 33 || $type == 34) &&
		    length $piece > 1500) {
			seed('stream', chr($mysql | $n++ % 32 << 1) . $piece)
			    if length $piece < 20000;
			seed('log', chr($mysql | 64 | $n % 32 << 1) .
			    chr($n % 4) . $script) if length $piece < 8000;
			$piece = $script = '';
		}
		$piece .= $raw;
		$script .= pack 'C C v/a*', 0, $type, $body
		    if length $body < 65536;
		$map = $body if $type == 19;
		image_seed($mysql, $map, $body, $type > 25)
		    if $type == 23 || $type == 25 || $type == 30;
		seed('gtid', $body) if ($type == 162 || $type == 163 ||
		    $type == 33 || $type == 42 || $type == 38) && rand() < .1;
		seed('schema', "\0" . $1) if $type == 2 &&
		    $body =~ /((?:CREATE|ALTER|DROP|RENAME) .*)/s;
	}
	seed('stream', chr($mysql) . $piece) if $piece;
}

srand 1;
my @logs = sort(glob("$src/tests/conformance/data/{types-,ddl,keys,sys,seq," .
    "wide,ecommerce-}*/binlog.000001"), glob("$src/tests/data/mysql/*.0*"),
    glob("$src/tests/data/mysql/*.binlog"), glob("$src/examples/data/*.0*"));
seeds_of_log($_) for grep { !/\.txt$/ } @logs;
for (split /^/, slurp("$src/tests/data/shop.jsonl")) {
	seed('line', $_);
	seed('schema', "\1$_") if /tableChanges/;
}
# Records for people: each choice of options has some lines, and hostile ones.
{
	my @lines = split /^/, slurp("$src/tests/data/shop.jsonl");
	for my $choice (0 .. 127) {
		my $at = $choice * 7 % (@lines - 6);
		seed('show', chr($choice) . join '', @lines[$at .. $at + 5]);
	}
	for my $text ('\\u001b[2J\\u009b1m', '\\u202e\\u2066\\u200b',
	    "a\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", '\\uef9b\\ud83d\\ude00',
	    "\xE2\x9D\xA4\xEF\xB8\x8F\xEF\xB8\x8F", '\\\\ \\" \\/ \'', 'x' x 200) {
		my $row = "{\"id\":1,\"$text\":\"$text\",\"n\":null}";
		my $line = "{\"topic\":\"m.s.t\",\"key\":{\"id\":1},\"payload\":" .
		    "{\"before\":$row,\"after\":{\"id\":1,\"$text\":\"b\"}," .
		    "\"source\":{\"db\":\"$text\",\"table\":\"t\",\"query\":" .
		    "\"$text\",\"gtid\":\"$text\"},\"op\":\"u\"}}\n";
		seed('show', chr($_) . $line) for 0, 1, 2, 49;
	}
}
seed('gtid', $_) for '0-1-3,1-1-368', 'bin.000001:4', '2026-01-02 03:04:05Z',
    "XA COMMIT X'6162',X'',1", '4294967295-1-18446744073709551615';
seed('predicate', "$_\n{\"i\":7,\"n\":null,\"d\":\"12.50\",\"s\":\"paid\"}") for
    "i IN (1, 7) AND s LIKE 'p%'", 'NOT (d + 0 BETWEEN 1 AND 20.5 OR n IS NULL)',
    "before.s <> after.s XOR s REGEXP '^pa' && i <=> NULL",
    "CAST(i AS CHAR) NOT IN ('7', \"8\") || `n` IS NOT TRUE -- no";
# The first byte: 0 rules, 1 a number, 2 WKB.
seed('maxwell', "\0$_\nfoo\nbar\n{\"col\":\"val\",\"n\":null}") for
    'exclude: *.*, include: foo.bar.col=val', 'exclude: *.*.n = *',
    'blacklist: foo.*, include: /^f/.`bar`, exclude: "foo".\'bar\'.n=null',
    'include:/fo\/*o/.bar exclude: foo./x/,', 'include: foo.bar.', "a\x80";
seed('maxwell', "\1$_") for '1.50', '-0.0', '1e-7', '0.00000010', '5e-324',
    '1.7976931348623157e308', '0E+5', '12345678901234567890123456789.5';
seed('maxwell', "\2" . pack 'H*', $_) for
    '01010000000000000000000840000000000000004 0' =~ s/ //r,
    '010200000002000000' . '000000000000f03f' x 4,
    '01030000000100000002000000' . '000000000000f03f' x 4,
    '010700000002000000' . '000000000140080000000000004000000000000000' x 2,
    '0104000000010000000101000000' . '000000000000f03f' x 2,
    '0106000000' . '01000000' . '010300000000000000', '010700000000000000';
seed('state', $_) for '{"version":1,"name":"p","gtid":"0-1-3,1-1-368",' .
    '"partial":{"gtid":"1-1-369","total_order":17},"restart":"0-1-1"}',
    '{"version":1,"gtid":""}', '{"version":2}', '';
# Signals, onto nothing and onto copies that are under way.
my $ask = "1\0execute-snapshot\0" . '{"data-collections":["s.[ab]"],' .
    '"type":"incremental","additional-conditions":[{"data-collection":"s.a",' .
    '"filter":"a > \"1\""}]}';
seed('signal', "\n$ask\0002\0pause-snapshot\0\0" .
    "3\0stop-snapshot\0{\"data-collections\":[\"s.a\"]}\0" .
    "4\0resume-snapshot\0{}");
seed('signal', '{"paused":false,"window":"cdc-1","signals":[{"id":"1","type":' .
    '"stop-snapshot","data":null}],"copies":[{"signal":"0","tables":[{"db":' .
    '"s","table":"b"}],"conditions":[{"data-collection":"s.b","filter":"1"}]' .
    ",\"key\":{\"id\":7},\"max\":{\"id\":9},\"rows\":7}]}\n$ask");
# A value in every encoding, for every class of column.
my @values = ('0', '-12.50', '"-12.5"', '20089', '1767261600123456',
    '"2026-01-01T10:00:00.123456Z"', '"10:00:00"', '"/sc="', '"0aFF"', 'true',
    '"a,b"', '"\\u00e4"', '{"wkb":"AQEAAAA=","srid":null}', '[1.5,-2e3]');
for my $class (0 .. 16) {
	seed('convert', pack('C5', $class, $class % 8, 5, 3,
	    ($class * 3 + $_) % 20) . $values[$_]) for 0 .. $#values;
}
# Streams: a copy that is whole, one that is half done, one that is taken up
# again; transactions behind it.
sub beat {
	my ($kind, $gtid, $more) = @_;
	return '{"topic":"__debezium-heartbeat.p","payload":{"beat":"' . $kind .
	    "\",\"gtid\":\"$gtid\",\"file\":\"b.1\",\"pos\":4,\"filter\":\"f\"" .
	    "$more}}\n";
}

sub row {
	my ($op, $snapshot, $gtid, $order) = @_;
	return '{"topic":"p.d.t","key":{"id":1},"payload":{"before":null,' .
	    "\"after\":{\"id\":1},\"source\":{\"snapshot\":\"$snapshot\"," .
	    "\"db\":\"d\",\"table\":\"t\",\"gtid\":\"$gtid\"},\"op\":\"$op\"," .
	    "\"transaction\":{\"id\":\"$gtid\",\"total_order\":$order}}}\n";
}

my $step = ',"snapshot":{"start":"1-1-5","done":["`d`.`a`"],' .
    '"table":"`d`.`t`","key":{"id":7},"rows":12';
my $end = '{"topic":"p.transaction","payload":{"status":"END","id":"1-1-6"}}' .
    "\n";
seed('progress', $_) for
    beat('first', '', "$step}") . row('r', 'first', '1-1-5', 0) .
    beat('next', '', "$step}") . row('r', 'last', '1-1-5', 0) .
    beat('last', '1-1-5', ',"snapshot":{"start":"1-1-5","until":"1-1-7"}') .
    beat('first', '1-1-5', '') . row('c', 'false', '1-1-6', 1) . $end .
    row('u', 'false', '1-1-7', 1) . beat('last', '1-1-8,0-1-1', ''),
    beat('first', '', "$step,\"until\":\"1-1-9\"}"),
    beat('first', '', "$step,\"instead\":\"1-1-4\"}") .
    row('r', 'true', '1-1-5', 0) . beat('next', '', "$step}"),
    beat('first', '0-1-1,1-1-5', '') . row('c', 'false', '1-1-6', 1) .
    beat('next', '1-1-6', ',"restart":"1-1-2"') . row('d', 'false', '1-1-9', 1);
seed('rules', $_) for ".*\\.c", "\0shop\\..*,a\\.b\\.c",
    "\2.*\\.c=4", "\3a\\.b\\.c(?=x)=t=x", "\4.*\\.c=65535",
    "\5.*\\.c=SHA-512/256", "\5d\\.t\\.c[=]=MD5", "\x07D\\.T\\.C",
    "\x08.*\\.c=a.example", "\1# x\n\nnull .*\\.c\n mask .*\\.d=3\r\n",
    "\0a:header,b:envelope:c,d:partition", "\0-12.50",
    "\x0018446744073709551615", "\0Zo\xc3\xab 12 \xf0\x9f\x98\x80",
    "\0CREATE TABLE t (a INT(11) DEFAULT 'x' /* y */)",
    "\0traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
    "\0#x\ntrace\\\n parent\\u0041 : b\\tc";
seed('names', $_) for "shop\\..*,a\\.b\nshop.orders", "(a|b)*\\.\\Qx\\E\na.x",
    "\\w+\\.[^,]{1\\,3}\nab.cd", "s1\\.(a,b),,[,]x,}\ns1.a", "\\,\n,";
seed('escapes', $_) for 'plain', '', "it's \"a\", \\N", "\t\r\n\0\x1A\\",
    "*/; DROP TABLE t; -- \n\\! ls\r\n", "\xE2\x80\xAE\xFF\xEE\xBC\x81", ',,""';
seed('placeholder', $_) for 'x', '', '{id} {before.a b|sql} {key.`a``b|c}`|csv}',
    '{{{op}}} {source.gtid|json}{transaction.id|sh}', '{after.a|url}}}{{',
    '{`op`|json}', '{op|', '{a|xml}', '}', '{', "{`", "\xff", '{source.x}';
seed('command', $_) for 'x', '', 'DEL p:{id} {before.a}', '/c,u=HSET t:{id} {*}',
    'd\.t/t=FLUSHDB "a \n\"" \'b\'', '[=X', '/x=X', 'a=b=c', '"a', 'SET {*|json}',
    "X \xff", '/c,c,c,c,c,c,c,c,c=X', 'X {a|sql}';
seed('line', $_) for '{"before":null,"after":{"a":1},"op":"c"}',
    '{"topic":"t","partition":0,"offset":1,"key":"{\"a\":1}","payload":' .
    '"{\"before\":null,\"after\":{\"a\":\"\\u00e9\"},\"op\":\"c\"}"}',
    '{"schema":{},"payload":{"before":{"a":1},"after":null,"op":"d"}}';

# Rows of the binary protocol: columns, then rows, without their first byte.
sub lenenc { return pack('C', length $_[0]) . $_[0]; }
my @results = (
	['id INT PRIMARY KEY, v VARCHAR(20), d DECIMAL(20,4) UNSIGNED',
	    "\0" . pack('V', 7) . lenenc('seven') . lenenc('123.4500'),
	    "\x18" . pack('V', 8)],
	['a TINYINT UNSIGNED, b SMALLINT, c MEDIUMINT, e BIGINT UNSIGNED, ' .
	    'f FLOAT, g DOUBLE, y YEAR, x BIT(10)',
	    "\0\0" . pack('CvVQ<fdv', 255, 1, 70000, 1 << 63, 1.5, 0.1, 2026) .
	    lenenc("\x02\xFF")],
	['d DATE, t TIME(3), dt DATETIME(6), ts TIMESTAMP(1)',
	    "\0" . lenenc(pack('vCC', 2026, 11, 23)) .
	    lenenc(pack('CVCCCV', 1, 34, 22, 59, 59, 500000)) .
	    lenenc(pack('vCCCCCV', 9999, 12, 31, 23, 59, 59, 999999)) .
	    lenenc(pack('vCCCCC', 2038, 1, 19, 3, 14, 7)), "\x3C"],
	["e ENUM('a','b') NOT NULL, s SET('x','y'), u UUID, i INET4, j INET6, " .
	    'n VECTOR(2), js JSON, g POINT',
	    "\0\0" . lenenc('b') . lenenc('x,y') .
	    lenenc('123e4567-e89b-12d3-a456-426614174000') .
	    lenenc('10.0.0.1') . lenenc('::1') . lenenc(pack('ff', 1, 2)) .
	    lenenc('{"a":1}') . lenenc(pack('VCVdd', 0, 1, 1, 1, 2))],
	['c CHAR(5) CHARSET latin1, b BINARY(3), t TINYTEXT, l LONGBLOB, ' .
	    'x DECIMAL(2,2), z DECIMAL(65,30)',
	    "\0" . lenenc("\xE9") . lenenc("\0\1\0") . lenenc('t') .
	    lenenc('b') . lenenc('-0.50') . lenenc('9' x 35 . '.' . '1' x 30)],
);
for my $result (@results) {
	my ($columns, @rows) = @$result;
	seed('result', chr($_) . pack('v/a*', $columns) .
	    join('', map { pack('v/a*', $_) } @rows)) for 0, 5, 42, 107;
}
