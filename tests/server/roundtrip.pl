#!/usr/bin/perl
# A table of every column type, random rows for it, and records of those rows
# back to SQL: what a server stored, what cdc-tail printed and what a server
# stores again must be one.
#
# usage: roundtrip.pl schema VERSION TABLE         CREATE TABLE
#        roundtrip.pl rows VERSION TABLE N SEED    INSERTs of N random rows
#        roundtrip.pl load VERSION TABLE <RECORDS  INSERTs of what was printed
#                                                  (--time string --binary hex)
use strict;
use warnings;
use MIME::Base64;
binmode STDOUT, ':utf8';

my ($verb, $version, $table, $n, $seed) = @ARGV;
$version = '10.11' if $version eq 'galera';

# Is the server of this version or a later one?
sub since {
	my @is = split /\./, $version;
	my @that = split /\./, shift;
	return $is[0] > $that[0] || ($is[0] == $that[0] && $is[1] >= $that[1]);
}

sub quoted {
	my ($s) = @_;
	$s =~ s/([\\'])/\\$1/g;
	$s =~ s/\0/\\0/g;
	$s =~ s/\r/\\r/g;       # the client makes \r\n to \n
	return "'$s'";
}

sub pick { return $_[rand @_] }

# A decimal number of random digits, and the ends of its range.
sub integer {
	my ($low, $high) = @_;
	return sub {
		return pick($low, $high, 0, 1) if rand() < .2;
		my $digits = length($high) - int rand length $high;
		my $v = join '', map { int rand 10 } 1 .. $digits;
		$v =~ s/^0+(?=.)//;
		$v = $high if length $v == length $high && $v gt $high;
		return $low =~ /^-/ && rand() < .5 && $v ne '0' ? "-$v" : $v;
	};
}

sub decimal {
	my ($digits, $scale, $unsigned) = @_;
	return sub {
		my $v = join '', map { int rand 10 } 1 .. 1 + rand($digits - $scale);
		$v .= '.' . join '', map { int rand 10 } 1 .. $scale if $scale;
		return (!$unsigned && rand() < .5 ? '-' : '') . $v;
	};
}

sub float4 { my $f; do { $f = unpack 'f', pack 'L', int rand 2**32 }
    while $f != $f || abs $f > 3e38; return sprintf '%.9g', $f }
sub float8 { my $f; do { $f = unpack 'd', pack 'LL', map { int rand 2**32 }
    1, 2 } while $f != $f || abs $f > 1e308; return sprintf '%.17g', $f }

sub bits { my ($n) = @_; return sub {
	return "b'" . join('', map { int rand 2 } 1 .. $n) . "'" } }

sub fraction { my ($n) = @_;
	return $n ? '.' . join '', map { int rand 10 } 1 .. $n : '' }

sub date {
	return pick('0000-00-00', '1000-01-01', '9999-12-31', '2026-00-15',
	    '2026-02-00', '2026-02-31') if rand() < .2;
	return sprintf '%04d-%02d-%02d', 1 + rand 9999, 1 + rand 12, 1 + rand 28;
}
sub clock { return sprintf '%02d:%02d:%02d', rand 24, rand 60, rand 60 }
sub time_of { my ($n) = @_; return sub {
	return quoted(pick('-838:59:59', '838:59:59', '00:00:00', '-00:00:01'))
	    if rand() < .2;
	return quoted(sprintf('%s%02d:%02d:%02d', rand() < .5 ? '-' : '',
	    rand 838, rand 60, rand 60) . fraction($n)) } }
sub datetime { my ($n) = @_; return sub {
	return quoted(date() . ' ' . clock() . fraction($n)) } }
sub timestamp { my ($n) = @_; return sub {
	return quoted('0000-00-00 00:00:00') if rand() < .1;
	return quoted(sprintf('%04d-%02d-%02d ', 1971 + rand(since('11.5') ? 134 : 66),
	    1 + rand 12, 1 + rand 28) . clock() . fraction($n)) } }

# Text of so many characters out of ranges of code points.
sub text {
	my ($most, @ranges) = @_;
	return sub {
		my $s = '';
		for (1 .. rand($most + 1)) {
			my ($low, $high) = @{ pick(@ranges) };
			$s .= chr($low + int rand($high - $low + 1));
		}
		return quoted($s);
	};
}
my @ascii = ([0x20, 0x7E], [0x20, 0x7E], [0, 0x1F], [0x7F, 0x7F]);
my @unicode = (@ascii, [0xA0, 0x2FF], [0x4E00, 0x9FFF], [0xE000, 0xEEFF],
    [0x1F300, 0x1F64F], [0x100000, 0x10FFFD]);

sub bytes { my ($least, $most) = @_; return sub {
	my $b = join '', map { sprintf '%02X', rand() < .3 ? 0 : rand 256 }
	    1 .. $least + int rand($most - $least + 1);
	return "X'$b'" } }

sub json {
	my $s = join '', map { chr(0x20 + rand 0x5E) } 1 .. rand 20;
	$s =~ s/(["\\])/\\$1/g;
	return quoted(sprintf '{"a":[%d,%s,null],"s":"%s"}', rand 1e6, rand, $s);
}
sub hex_text { my ($n) = @_;
	return join '', map { sprintf '%02x', rand() < .2 ? 0 : rand 256 } 1 .. $n }
sub uuid { my $h = hex_text(16);
	return quoted(join '-', unpack 'A8 A4 A4 A4 A12', $h) }
sub inet6 { return quoted(join ':', map { rand() < .4 ? '0' :
    sprintf '%x', rand 65536 } 1 .. 8) }
sub inet4 { return quoted(join '.', map { int rand 256 } 1 .. 4) }
sub coordinate { return sprintf '%.15g', rand(400) - 200 }
sub point { return 'Point(' . coordinate() . ',' . coordinate() . ')' }
sub shape { return pick(point(), sprintf "ST_GeomFromText('LINESTRING(%s %s,%s " .
    "%s)',%d)", (map { coordinate() } 1 .. 4), pick(0, 4326)) }
sub vector { return sprintf "Vec_FromText('[%s]')", join ',',
    map { sprintf '%.9g', unpack 'f', pack 'f', rand(2e6) - 1e6 } 1 .. 3 }

my @label_names = (map({ "label $_" } 1 .. 300), 'a,b', "o'clock", 'naïve');
my $labels = join ',', map { quoted($_) } @label_names;
my $members = join ',', map { quoted("m$_") } 1 .. 64;

# type, random value as SQL, how a printed value becomes SQL again
my @columns = (
	['TINYINT', integer('-128', '127')],
	['TINYINT UNSIGNED', integer('0', '255')],
	['SMALLINT', integer('-32768', '32767')],
	['MEDIUMINT', integer('-8388608', '8388607')],
	['MEDIUMINT UNSIGNED', integer('0', '16777215')],
	['INT', integer('-2147483648', '2147483647')],
	['INT UNSIGNED', integer('0', '4294967295')],
	['BIGINT', integer('-9223372036854775808', '9223372036854775807')],
	['BIGINT UNSIGNED', integer('0', '18446744073709551615')],
	['DECIMAL(65,30)', decimal(65, 30)],
	['DECIMAL(10,2)', decimal(10, 2)],
	['DECIMAL(38,38)', sub { '0.' . join '', map { int rand 10 } 1 .. 38 }],
	['DECIMAL(5,0) UNSIGNED', decimal(5, 0, 1)],
	['FLOAT', \&float4], ['DOUBLE', \&float8],
	['BIT(1)', bits(1), \&bit], ['BIT(7)', bits(7), \&bit],
	['BIT(33)', bits(33), \&bit], ['BIT(64)', bits(64), \&bit],
	['YEAR', sub { pick(0, 1901, 2155, 2026) }],
	['DATE', sub { quoted(date()) }],
	['TIME', time_of(0)], ['TIME(3)', time_of(3)], ['TIME(6)', time_of(6)],
	['DATETIME', datetime(0)], ['DATETIME(1)', datetime(1)],
	['DATETIME(6)', datetime(6)],
	['TIMESTAMP NULL', timestamp(0)], ['TIMESTAMP(4) NULL', timestamp(4)],
	['CHAR(20) CHARACTER SET latin1', text(20, @ascii, [0xA0, 0xFF])],
	['CHAR(200)', text(200, @unicode)],
	['VARCHAR(300)', text(40, @unicode)],
	['VARCHAR(40) CHARACTER SET ucs2', text(40, @ascii, [0x400, 0x4FF])],
	['TINYTEXT', text(40, @unicode)],
	['TEXT CHARACTER SET cp1251', text(300, @ascii, [0x410, 0x44F])],
	['MEDIUMTEXT CHARACTER SET utf16', text(100, @unicode)],
	['LONGTEXT CHARACTER SET sjis', text(50, @ascii, [0x3042, 0x3093]),
	    \&sjis],
	['BINARY(16)', bytes(0, 16), \&binary],
	['VARBINARY(40)', bytes(0, 40), \&binary],
	['TINYBLOB', bytes(0, 60), \&binary], ['BLOB', bytes(0, 400), \&binary],
	["ENUM($labels)", sub { quoted(pick(@label_names)) }],
	["SET($members)", sub { quoted(join ',', map { "m$_" }
	    grep { rand() < .1 } 1 .. 64) }],
	['JSON', \&json], ['INET6', \&inet6],
	since('10.7') ? ['UUID', \&uuid] : (),
	since('10.10') ? ['INET4', \&inet4] : (),
	['POINT', \&point, \&geometry], ['GEOMETRY', \&shape, \&geometry],
	['TEXT COMPRESSED', text(300, @ascii)],
	['VARBINARY(500) COMPRESSED', bytes(0, 300), \&binary],
	since('11.7') ? ['VECTOR(3)', \&vector, sub { "Vec_FromText('$_[0]')" }] : (),
);

sub binary { my ($v) = @_; $v =~ tr/"//d; return "X'$v'" }
# Debezium's Bits: bytes, the lowest first; BIT(1) is a boolean.
sub bit { my ($v) = @_;
	return $v eq 'true' ? 1 : 0 if $v =~ /^[tf]/;
	$v =~ tr/"//d;
	return "X'" . unpack('H*', reverse decode_base64($v)) . "'" }
sub geometry { my ($v) = @_;
	my ($wkb) = $v =~ /"wkb":"([^"]*)"/;
	my ($srid) = $v =~ /"srid":(\d+)/;
	return "ST_GeomFromWKB(FROM_BASE64('$wkb')," . ($srid || 0) . ')' }

sub unescape {
	my ($s) = @_;
	my %short = (n => "\n", t => "\t", r => "\r", b => "\b", f => "\f");
	$s =~ s/\\u(d[89ab]..)\\u(d[c-f]..)/chr(0x10000 +
	    (hex($1) - 0xD800) * 1024 + hex($2) - 0xDC00)/gie;
	$s =~ s/\\(?:u(....)|(.))/defined $1 ? chr hex $1 : $short{$2} \/\/ $2/ge;
	return $s;
}

# A server keeps a backslash as 815F, which it would not give for a 5C: its bytes
# are printed.
sub sjis { my ($v) = @_;
	my $s = unescape($v =~ /^"(.*)"$/s);
	$s =~ s/\x{EF81}\x{EF5F}/\\/g;
	return quoted($s) }

sub from_json {
	my ($column, $v) = @_;
	return 'NULL' if $v eq 'null';
	return $column->[2]->($v) if $column->[2];
	return $v =~ /^"(.*)"$/s ? quoted(unescape($1)) : $v;
}

my $session = "SET NAMES utf8mb4, time_zone = '+00:00', " .
    "sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO';\n";

sub print_schema {
	my $i = 0;
	print "SET NAMES utf8mb4;\nCREATE TABLE $table (id INT PRIMARY KEY,\n",
	    join(",\n", map { 'c' . $i++ . " $_->[0]" } @columns),
	    ",\ng INT AS (id + 1) VIRTUAL, p INT AS (id + 2) STORED,\n",
	    "h INT INVISIBLE DEFAULT 7) CHARACTER SET utf8mb4;\n";
}

sub print_insert {
	my ($rows) = @_;
	my $names = join ',', 'id', map { "c$_" } 0 .. $#columns;
	print "INSERT INTO $table ($names) VALUES\n", join(",\n", @$rows),
	    ";\n" if @$rows;
}

sub print_rows {
	srand $seed;
	print $session;
	my @rows;
	for my $id (0 .. $n - 1) {
		push @rows, '(' . join(',', $id, map { rand() < .1 ? 'NULL' :
		    $_->[1]->() } @columns) . ')';
		print_insert([splice @rows]) if @rows == 100;
	}
	print_insert(\@rows);
}

sub print_load {
	my $value = qr/"(?:[^"\\]|\\.)*"|[^",{}\[\]]+|\{[^}]*\}|\[[^\]]*\]/;
	my @rows;
	binmode STDIN, ':utf8';
	print $session;
	while (<STDIN>) {
		my ($after) = /"after":\{(.*)\},"source":\{"version"/ or next;
		my %row = $after =~ /"(\w+)":($value)(?:,|$)/g;
		push @rows, '(' . join(',', $row{id}, map { from_json(
		    $columns[$_], $row{"c$_"} // die "no c$_: $_\n") }
		    0 .. $#columns) . ')';
		print_insert([splice @rows]) if @rows == 100;
	}
	print_insert(\@rows);
}

my %verbs = (schema => \&print_schema, rows => \&print_rows,
    load => \&print_load);
($verbs{$verb // ''} or die "roundtrip: schema, rows or load\n")->();
