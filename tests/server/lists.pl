#!/usr/bin/perl
# Statements of every kind, on tables of `shop` (which is followed), of `crm`
# and `billing` (which are not), and on both at once; each on tables of its
# own, so that none depends on another.
# usage: lists.pl tables | statements
use strict;
use warnings;

my $by = 'DEFINER=nobody@nowhere';      # else nobody, who is none

# %a, %b: tables of shop; %x, %y: of crm; qualified unless after a USE.
my @statements = (
    # one table
    (map { ("ALTER TABLE $_ ADD c INT", "ALTER TABLE $_ DROP v",
	"ALTER TABLE $_ MODIFY v VARCHAR(80)", "DROP TABLE $_",
	"ALTER TABLE $_ CHANGE v w VARCHAR(20)", "DROP TABLE IF EXISTS $_",
	"ALTER TABLE $_ RENAME COLUMN v TO u", "TRUNCATE TABLE $_",
	"TRUNCATE $_", "CREATE INDEX i ON $_ (v)",
	"CREATE UNIQUE INDEX i ON $_ (id, v)", "DROP INDEX k ON $_",
	"CREATE OR REPLACE TABLE $_ (z INT)", "CREATE TABLE ${_}n (z INT)",
	"CREATE TABLE IF NOT EXISTS ${_}n (z INT)",
	"ALTER TABLE $_ ADD INDEX j (v), DROP INDEX k",
	"ALTER TABLE $_ COMMENT='x, REFERENCES nothing'",
	"ALTER TABLE IF EXISTS $_ ADD IF NOT EXISTS c INT",
	"ALTER ONLINE TABLE $_ ADD c INT", "CREATE SEQUENCE ${_}s",
	"ALTER TABLE $_ ADD c INT DEFAULT (1--1), ADD d INT",
	"SET STATEMENT max_statement_time=9 FOR ALTER TABLE $_ ADD c INT",
	"ALTER TABLE $_ ADD c INT COMMENT 'DROP TABLE crm.t; --'",
	"/* a comment */ ALTER TABLE $_ ADD c INT",
	"ALTER /*!50000 TABLE */ $_ ADD c INT",
	"ALTER TABLE $_ ADD c INT /*!50000 COMMENT 'x' */",
	"ALTER TABLE $_ ADD c INT -- , RENAME TO crm.zz",
	"ALTER TABLE $_ ADD SYSTEM VERSIONING",
	"ALTER TABLE $_ ADD CONSTRAINT ck CHECK (id > 0)") } '%a', '%x'),
    # several
    (map { ("DROP TABLE $_", "DROP TABLE IF EXISTS $_",
	"DROP TABLE $_ RESTRICT", "DROP TABLES $_") }
	'%a, %b', '%a, %x', '%x, %a', '%x, %y', '%x, %a, %y, %b'),
    'RENAME TABLE %a TO %an', 'RENAME TABLE %x TO %xn',
    'RENAME TABLE %a TO %an, %b TO %bn', 'RENAME TABLE %a TO %an, %x TO %xn',
    'RENAME TABLE %x TO %xn, %a TO %an', 'RENAME TABLE %a TO %xn',
    'RENAME TABLE %x TO %an', 'ALTER TABLE %a RENAME TO %an',
    'ALTER TABLE %x RENAME TO %xn', 'ALTER TABLE %a RENAME TO %xn',
    'ALTER TABLE %x RENAME %an', 'ALTER TABLE %a RENAME AS %an, ADD c INT',
    'RENAME TABLE %a TO %an, %b TO %a, %an TO %b',
    'RENAME TABLE %a TO %xn, %x TO %a, %xn TO %x',
    # that name another
    (map { my $o = $_; map { ("CREATE TABLE ${_}n LIKE $o",
	"CREATE TABLE ${_}n (LIKE $o)", "CREATE TABLE ${_}n SELECT * FROM $o",
	"CREATE TABLE ${_}n AS SELECT * FROM $o",
	"CREATE TABLE ${_}n (p INT, q INT REFERENCES $o (id))",
	"CREATE TABLE ${_}n (p INT, FOREIGN KEY (p) REFERENCES $o (id)" .
	    " ON DELETE SET NULL ON UPDATE CASCADE)",
	"CREATE TABLE ${_}n (p INT, CONSTRAINT ${_}f FOREIGN KEY ff (p) " .
	    "REFERENCES $o (id), KEY kk (p))",
	"ALTER TABLE $_ ADD FOREIGN KEY (id) REFERENCES $o (id)",
	"ALTER TABLE $_ ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES $o " .
	    "(id) ON DELETE CASCADE, ADD c INT",
	"ALTER TABLE $_ ADD c INT REFERENCES $o (id), ADD d INT") }
	'%a', '%x' } '%b', '%y'),
    (map { "ALTER TABLE $_" } '%ap EXCHANGE PARTITION p0 WITH TABLE %b',
	'%ap EXCHANGE PARTITION p0 WITH TABLE %y',
	'%xp EXCHANGE PARTITION p0 WITH TABLE %b',
	'%xp EXCHANGE PARTITION p0 WITH TABLE %y',
	'%ap ADD PARTITION (PARTITION p9 VALUES LESS THAN (900))',
	'%ap CONVERT PARTITION p0 TO TABLE %xn',
	'%ap CONVERT PARTITION p0 TO TABLE %an',
	'%ap TRUNCATE PARTITION p0', '%xp DROP PARTITION p0'),
    (map { "CREATE TABLE %am (id INT, v VARCHAR(20)) ENGINE=MERGE UNION=($_)" }
	'%a', '%x', '%a,%x'),
    (map { "CREATE TABLE %an (i INT DEFAULT NEXT VALUE FOR $_)" }
	'shop.sq', 'crm.sq'),
    # views
    (map { my $o = $_; map { ("CREATE $by VIEW ${_}n AS SELECT * FROM $o",
	"CREATE OR REPLACE $by SQL SECURITY INVOKER VIEW ${_}n (p) AS " .
	    "SELECT v FROM $o WHERE id IN (1, 2) ORDER BY id, v",
	"CREATE $by VIEW ${_}n AS SELECT t.id FROM ($o t, $o u)",
	"CREATE $by VIEW ${_}n AS WITH c (d) AS (SELECT id FROM $o), v AS " .
	    "(SELECT 1 AS x) SELECT * FROM v, c",
	"CREATE $by VIEW ${_}n AS SELECT (SELECT COUNT(*) FROM $o USE INDEX " .
	    "FOR JOIN (k)) AS n FROM $_ JOIN $_ x USING (id)") }
	'%a', '%x' } '%b', '%y'),
    "CREATE $by VIEW %an AS SELECT EXTRACT(DAY FROM '2001-01-01') n FROM %a",
    "CREATE $by VIEW %an AS SELECT id FROM { OJ %a LEFT OUTER JOIN %b " .
	'USING (id) }',
    "ALTER $by VIEW shop.v0 AS SELECT id FROM shop.t0",
    "ALTER $by VIEW crm.v0 AS SELECT id FROM shop.t0",
    'RENAME TABLE shop.v0 TO shop.v2', 'DROP VIEW IF EXISTS shop.v2, crm.v0',
    "CREATE $by VIEW shop.v3 AS SELECT * FROM crm.t0", 'DROP VIEW shop.v3',
    # databases
    (map { ("CREATE DATABASE $_", "CREATE SCHEMA IF NOT EXISTS $_",
	"ALTER DATABASE $_ CHARACTER SET latin1", "CREATE TABLE $_.t (i INT)",
	"DROP TABLE $_.t", "DROP DATABASE $_", "DROP SCHEMA IF EXISTS $_",
	"CREATE OR REPLACE DATABASE $_") }
	'archive', 'billing', '`shop.x`', '`crm.shop`'),
    'ALTER DATABASE shop CHARACTER SET latin1',
    # that name none, or other things
    "CREATE USER 'lists'\@'%'", "GRANT ALL ON *.* TO 'lists'\@'%'",
    "GRANT SELECT ON shop.* TO 'lists'\@'%'", "CREATE ROLE lists_role",
    "SET PASSWORD FOR 'lists'\@'%' = PASSWORD('x')",
    "REVOKE ALL ON *.* FROM 'lists'\@'%'", "DROP USER 'lists'\@'%'",
    'DROP ROLE lists_role',
    "CREATE $by VIEW shop.v1 AS SELECT 1",
    "CREATE $by VIEW crm.v1 AS SELECT 1", 'DROP VIEW crm.v1',
    'CREATE TRIGGER crm.tr BEFORE INSERT ON %x FOR EACH ROW SET @a=1',
    'CREATE PROCEDURE crm.pr() SELECT 1', 'DROP PROCEDURE crm.pr',
    'CREATE FUNCTION crm.fu() RETURNS INT RETURN 1',
    'CREATE EVENT crm.ev ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1',
    "CREATE SERVER srv FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'h')",
    'DROP SERVER srv', 'FLUSH TABLES', 'ANALYZE TABLE %x',
    'OPTIMIZE TABLE %x', 'CREATE SEQUENCE crm.s9', 'DROP SEQUENCE crm.s9',
    'CREATE SEQUENCE shop.s9', 'ALTER SEQUENCE shop.s9 RESTART 7',
    'DROP SEQUENCE shop.s9',
    # the server's own
    'CREATE TABLE mysql.lists_t (i INT)', 'ALTER TABLE mysql.lists_t ADD j INT',
    'RENAME TABLE mysql.lists_t TO mysql.lists_u',
    'DROP TABLE mysql.lists_u, %b', 'CREATE TABLE sys.lists_t (i INT)',
    'DROP TABLE sys.lists_t', 'DROP TABLE MYSQL.lists_none',
);

# Names as they may be written: with their database, after USE of either,
# quoted, in other case, with blanks and comments.
my @ways = (
    sub { ("shop", "$_[0].$_[1]") },
    sub { ("crm", $_[0] eq 'crm' ? $_[1] : "`$_[0]`.`$_[1]`") },
    sub { ("shop", $_[0] eq 'shop' ? $_[1] : "$_[0] . `$_[1]`") },
    sub { ("billing", "$_[0]/* . */./*!50000 `$_[1]`*/") },
);

my %dbs = (a => 'shop', b => 'shop', x => 'crm', y => 'crm');
my $row = 'id INT PRIMARY KEY, v VARCHAR(20), KEY k (v)';
for my $i (0 .. $#statements) {
	my $n = sprintf '%03d', $i + 1;
	my $text = $statements[$i];
	my $way = $ways[$i % @ways];
	my %seen;
	if (($ARGV[0] // '') eq 'tables') {
		while ($text =~ /%([abxy])(p?)/g) {
			my ($t, $p) = ($1, $2);
			next if $seen{"$t$p"}++;
			my $made = "$dbs{$t}.$t$n$p";
			my $engine = $text =~ /MERGE/ ? 'MyISAM' : 'InnoDB';
			print $p ? "CREATE TABLE $made ($row) PARTITION BY " .
			    'RANGE (id) (PARTITION p0 VALUES LESS THAN (10), ' .
			    "PARTITION p1 VALUES LESS THAN (20));\n" :
			    "CREATE TABLE $made ($row) ENGINE=$engine;\n";
			print "INSERT INTO $made VALUES (1,'a'), (2,'b');\n";
		}
		next;
	}
	my ($use) = $way->('shop', 't');
	$text =~ s{%([abxy])([nmsp]?f?)}{($way->($dbs{$1}, "$1$n$2"))[1]}ge;
	$text =~ s/CONSTRAINT \S+f FOREIGN/CONSTRAINT f$n FOREIGN/;
	print "USE $use//\n$text\n//\n";
}
