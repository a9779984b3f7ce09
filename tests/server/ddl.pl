#!/usr/bin/perl
# Sessions of statements, and what two readers say of them.
#
#   sql SEED N          N statements, each in a session of its own, as SQL
#   binlog              the output of mariadb-binlog: a line for each statement
#   tail COLLATIONS     the same of cdc-tail; COLLATIONS is a file of
#                       "id<TAB>character set" lines
use strict;
use warnings;
use JSON::PP;

my %settings = (
	sql_mode => ["''", "'ANSI_QUOTES'", "'TRADITIONAL'", "'ORACLE'",
	    "'NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE'", 'DEFAULT'],
	foreign_key_checks => [0, 1], unique_checks => [0, 1],
	check_constraint_checks => [0, 1], sql_auto_is_null => [0, 1],
	sql_if_exists => [0, 1], system_versioning_insert_history => [0, 1],
	explicit_defaults_for_timestamp => [0, 1],
	auto_increment_increment => [1, 2, 65535],
	auto_increment_offset => [1, 2, 65535],
	lc_time_names => ["'en_US'", "'de_DE'", "'zh_CN'"],
	collation_connection => ['utf8mb4_bin', 'latin1_german2_ci', 'binary'],
	collation_server => ['utf8mb4_bin', 'koi8r_bin', 'ascii_bin'],
	collation_database => ['latin1_bin', 'DEFAULT', 'ucs2_bin'],
	character_set_client => ['utf8mb4', 'latin1', 'cp1251', 'sjis'],
	time_zone => ["'+00:00'", "'-05:30'", "'SYSTEM'", "'+12:45'"],
	timestamp => [1, '1500000000.000001', '1500000000.999999',
	    2147483647, 'DEFAULT'],
);

sub sql {
	my ($seed, $n) = @_;
	my @names = sort keys %settings;

	srand($seed);
	print "CREATE DATABASE s; USE s; CREATE TABLE base (i INT);\n",
	    "INSERT INTO base VALUES (1);\n";
	for my $i (1 .. $n) {
		for (1 .. 1 + int rand 6) {
			my $name = $names[rand @names];
			my $values = $settings{$name};

			print "SET $name=$values->[rand @$values];\n";
		}
		print $i % 3 ? "CREATE TABLE t$i (i INT);\n" :
		    "ALTER TABLE base ADD c$i DATETIME(6) DEFAULT NOW(6), " .
		    "ADD d$i TIMESTAMP NULL DEFAULT '2020-01-01 10:00:00';\n";
	}
}

# What a server means that says nothing.
my %default = (foreign_key_checks => 1, unique_checks => 1,
    check_constraint_checks => 1, sql_auto_is_null => 0, sql_if_exists => 0,
    system_versioning_insert_history => 0, auto_increment_increment => 1,
    auto_increment_offset => 1, lc_time_names => 0,
    collation_database => 'DEFAULT');

sub show {
	my ($text, $state) = @_;

	print join(' ', map { "$_=$state->{$_}" } grep {
	    defined $state->{$_} } sort keys %$state), ": $text\n";
}

# The client's time zone is printed where it is another alone.
sub binlog {
	my %state = %default;

	while (<STDIN>) {
		s{/\*!\*/;$}{};
		if (/^use `(.*)`/) {
			$state{database} = $1;
		} elsif (s/^SET (?=TIMESTAMP=|\@\@session)//) {
			for (split /,\s*/) {
				/^(?:\@\@session\.)?(\w+)='?([^'\n]*)'?/ and
				    $1 !~ /^(pseudo_thread_id|autocommit)$/ and
				    $state{lc $1} = $2;
			}
		} elsif (/^(CREATE TABLE|ALTER TABLE)/) {
			show(s/\n//r, \%state);
		}
	}
}

sub tail {
	my %set;
	my $json = JSON::PP->new->utf8->allow_bignum;

	open my $in, '<', shift or die;
	while (<$in>) {
		/^(\d+)\t(\w+)/ and $set{$1} = $2;
	}
	my $zone;
	while (<STDIN>) {
		my $payload = $json->decode($_)->{payload};

		next unless $payload->{ddl} and
		    $payload->{ddl} =~ /^(CREATE|ALTER) TABLE/;
		# numbers as they stand
		my ($text) = /"session":(\{[^{}]*\})/;
		my %state = (%default, map { /^"(\w+)":"?([^"]*)"?$/ }
		    split /,(?=")/, substr $text, 1, -1);

		$zone = $state{time_zone} if $state{time_zone};
		$state{time_zone} = $zone;
		$state{character_set_client} =
		    $set{$state{character_set_client}};
		delete $state{error};
		show($payload->{ddl}, \%state);
	}
}

my $verb = shift;
{ sql => \&sql, binlog => \&binlog, tail => \&tail }->{$verb}->(@ARGV);
