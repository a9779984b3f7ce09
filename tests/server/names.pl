#!/usr/bin/perl
# Names of every hostile kind, and statements that use them.
#
#   names.pl make      databases, tables, rows; each name is once a database,
#                      a table, a column, an index, a label
#   names.pl change    rows are changed in every way
#   names.pl alter     statements on the tables
#   names.pl signal    a signal table, and a signal that copies the tables
#   names.pl signals   how cdc-tail is told of it
#   names.pl name N    a name, as SQL has it
#   names.pl drop      the databases go
#   names.pl inject    schema records of a hostile source, a line each
#   names.pl logged    standard input: statements in hexadecimal, a line each;
#                      their forms, names and literals taken out
use strict;
use warnings;
use utf8;
use JSON::PP;

binmode STDOUT, ':encoding(UTF-8)';

my @names = ("a'b", 'a"b', 'a`b', 'a\\b', "a\nb", "a\\'b", '100%s%n%d',
	'; DROP TABLE victim; --', '*/ /*!50000 x', "x' OR SLEEP(3) OR '",
	"x` OR SLEEP(3) OR `", '# c', '日本語ü', ' lead', '?', '@@x',
	'n' x 63 . "'", '{"json":[1]}', "tab\there", '$1\\1');
my $n = @names;

sub name { my $x = $names[$_[0] % $n]; $x =~ s/`/``/g; "`$x`" }

# A text that means the same under both sql_modes.
sub text {
	my $x = $names[$_[0] % $n];
	utf8::encode($x);
	"CONVERT(X'" . unpack('H*', $x) . "' USING utf8mb4)";
}

# Labels can only be written as texts.
sub label {
	my $x = $names[$_[0] % $n];
	utf8::encode($x);
	"X'" . unpack('H*', $x) . "'";
}

sub table { name($_[0]) . '.' . name($_[0] + 1) }
sub nokey { name($_[0]) . '.' . name($_[0] + 2) }

sub make {
	for my $i (0 .. $n - 1) {
		my ($t, $u) = (table($i), nokey($i));
		my @c = map { name($i + $_) } 3 .. 6;
		print "CREATE DATABASE ", name($i), ";\n",
		    "CREATE TABLE $t ($c[0] INT, $c[1] VARCHAR(100), $c[2] ",
		    "ENUM(", label($i), ",", label($i + 1),
		    ") CHARACTER SET utf8mb3, $c[3] BLOB, ",
		    "PRIMARY KEY ($c[0], $c[1]), UNIQUE ", name($i + 7),
		    " ($c[2], $c[0])) COMMENT ", "'it''s';\n",
		    "CREATE TABLE $u ($c[1] VARCHAR(100), $c[0] INT);\n",
		    "CREATE TABLE ", name($i), ".victim (id INT PRIMARY KEY);\n",
		    "INSERT INTO ", name($i), ".victim VALUES (1);\n";
		insert($i, $_) for 0 .. 4;
	}
}

sub insert {
	my ($i, $k) = @_;
	my $v = text($i + $k);
	print "INSERT INTO ", table($i), " VALUES ($k, $v, ", 1 + $k % 2,
	    ", $v);\nINSERT INTO ", nokey($i), " VALUES ($v, $k), ($v, $k);\n";
}

sub change {
	for my $i (0 .. $n - 1) {
		my ($t, $u) = (table($i), nokey($i));
		my ($id, $v, $e, $b) = map { name($i + $_) } 3 .. 6;
		insert($i, $_) for 5 .. 9;
		print "UPDATE $t SET $b = ", text($i + 9), " WHERE $id = 5;\n",
		    "UPDATE $t SET $v = CONCAT($v, '\\\\''q') WHERE $id < 3;\n",
		    "DELETE FROM $t WHERE $id = 7;\n",
		    "UPDATE $u SET $id = 77 WHERE $id IN (1, 6);\n",
		    "DELETE FROM $u WHERE $id = 3;\n";
		print "TRUNCATE $u;\nINSERT INTO $u VALUES (", text($i),
		    ", 1);\n" if $i % 3 == 0;
	}
}

sub alter {
	for my $i (0 .. $n - 1) {
		my $t = table($i);
		print "ALTER TABLE $t ADD COLUMN ", name($i + 8),
		    " VARCHAR(20) DEFAULT 'it''s' COMMENT 'a ''b''', ADD INDEX ",
		    name($i + 9), " (", name($i + 5), ");\n",
		    "CREATE TABLE ", name($i), ".", name($i + 10),
		    " LIKE $t;\n",
		    "INSERT INTO ", name($i), ".", name($i + 10),
		    " SELECT * FROM $t;\n",
		    "RENAME TABLE ", nokey($i), " TO ", name($i), ".",
		    name($i + 11), ";\n",
		    "INSERT INTO ", name($i), ".", name($i + 11),
		    " VALUES (", text($i), ", 5);\n",
		    "USE ", name($i), ";\nTRUNCATE ", name($i + 10), ";\n",
		    "DROP TABLE victim;\n";
	}
}

# A signal that copies every first table, into a signal table.
sub signal {
	my @tables = map { quotemeta("$names[$_].$names[($_ + 1) % $n]") }
	    0 .. $n - 1;
	my $json = JSON::PP->new->utf8->encode(
	    { type => 'incremental', 'data-collections' => \@tables });

	print 'CREATE TABLE ', name(9), '.', name(8),
	    " (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32), data TEXT);\n",
	    'INSERT INTO ', name(9), '.', name(8),
	    " VALUES ('one', 'execute-snapshot', CONVERT(X'",
	    unpack('H*', $json), "' USING utf8mb4));\n";
}

sub drop { print 'DROP DATABASE IF EXISTS ', name($_), ";\n" for 0 .. $n - 1 }

# Each changes one thing of a record that is right, for a table that is there
# and for one that is not.
sub inject {
	my @bad = (
		[typeName => 'INT, DROP COLUMN precious'],
		[typeName => 'INT UNSIGNED, DROP COLUMN precious'],
		[typeName => 'INT) SELECT 1 AS p FROM mysql.user # '],
		[typeName => 'INT /*! , DROP COLUMN precious */'],
		[typeName => "ENUM('a'), DROP COLUMN precious"],
		[typeName => ''], [typeName => undef], [typeName => 'NOSUCH'],
		[charsetName => 'utf8mb4) SELECT User AS p FROM mysql.user # '],
		[charsetName => 'latin1 COLLATE latin1_bin'],
		[charsetName => ''], [charsetName => 'nosuch'],
		[length => 99999999999], [length => undef],
		[length => '5), DROP COLUMN precious'],
		[length => 5.5], [length => '5'], [length => -1],
		{ typeName => 'DECIMAL', length => 10, scale => '2' },
		{ typeName => 'DECIMAL', length => 10,
		    scale => '2), DROP COLUMN precious, ADD z DECIMAL(3' },
		{ typeName => 'DECIMAL', length => undef, scale => 2 },
		{ typeName => 'ENUM', enumValues => [1, 2] },
		{ typeName => 'SET', enumValues => [['a']] },
		{ typeName => 'ENUM', enumValues => ["'a\\'", "', DROP"] },
		[name => 'n' x 65], [name => "n\0"], [name => "\x{1F600}"],
		[name => ''],
	);
	my $json = JSON::PP->new->canonical->ascii;

	for my $table ('keep', 'new') {
		for my $bad (@bad, $table eq 'new' ? ([]) : ()) {
			my %x = (name => 'x', typeName => 'VARCHAR',
			    length => 5, charsetName => 'latin1',
			    optional => JSON::PP::true);

			my %bad = ref $bad eq 'HASH' ? %$bad : @$bad;

			%x = (%x, %bad);
			print $json->encode({ topic => 'm', payload => {
			    source => { db => 'ev', table => $table,
			    gtid => '1-1-1' }, databaseName => 'ev',
			    ddl => undef, tableChanges => [{ type => 'CREATE',
			    id => "\"ev\".\"$table\"", table => {
			    defaultCharsetName => undef,
			    primaryKeyColumnNames => [%bad ? 'id' :
			    'id`) SELECT 1 # '], columns => [{ name => 'id',
			    typeName => 'INT', optional => JSON::PP::false },
			    { name => 'precious', typeName => 'INT' },
			    \%x] } }] } }), "\n";
		}
	}
}

sub logged {
	my %forms;

	while (my $sql = <STDIN>) {
		chomp $sql;
		$sql = pack 'H*', $sql;
		$sql =~ s{(`(?:[^`]|``)*`)|(?:_utf8mb4 )?X?'(?:[^']|'')*'}
		    {$1 ? 'N' : 'S'}ge;
		$sql =~ s/\b[0-9]+\b/0/g;
		$sql =~ s/N(?:, ?N)+/N, …/g;
		$sql =~ s/\?(?:, ?\?)+/?, …/g;
		$forms{$sql}++;
	}
	print "$_\n" for sort keys %forms;
}

{ make => \&make, change => \&change, alter => \&alter,
    signal => \&signal, signals => sub { print name(9), '.', name(8) },
    name => sub { print name($ARGV[1]) }, drop => \&drop, inject => \&inject,
    logged => \&logged }->{$ARGV[0]}->();
