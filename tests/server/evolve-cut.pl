#!/usr/bin/perl
# A stream of statements that change tables, and rows between them, by a seed.
# usage: evolve-cut.pl SEED
use strict;
use warnings;

my $n = shift // 1;
sub pick { $n = ($n * 1103515245 + 12345) % 2147483648;
    return $_[int($n / 65536) % @_] }

my %tables = (a => [qw(v w)], b => [qw(v w)]);
my ($id, $made) = (100, 0);
my %kind = (v => 'INT', w => 'VARCHAR(20)', x => 'INT DEFAULT 7',
    y => "VARCHAR(9) DEFAULT 'y'", z => 'BIGINT');

sub value { my ($c) = @_;
    return $c =~ /^[wy]/ ? "'" . pick(qw(p q r)) . $id . "'" : $id }

sub insert {
    my ($t) = @_;
    my @c = @{$tables{$t}};
    $id++;
    return "INSERT INTO $t (" . join(', ', 'id', @c) . ') VALUES (' .
        join(', ', $id, map { value($_) } @c) . ')';
}

sub create {
    my ($t, $how) = @_;
    my @c = pick([qw(v w)], [qw(v x)], [qw(w)], [qw(x y z)]);
    $tables{$t} = [@{$c[0]}];
    return "$how $t (id INT PRIMARY KEY, " .
        join(', ', map { "$_ $kind{$_}" } @{$tables{$t}}) . ')';
}

# Each gives statements, or nothing if it is not the time for it.
my @acts = (
    sub { my $t = shift; my @new = grep { my $c = $_;
            !grep { $_ eq $c } @{$tables{$t}} } sort keys %kind;
        return () unless @new;
        my $c = pick(@new);
        push @{$tables{$t}}, $c;
        my $if = pick('', 'IF NOT EXISTS ');
        return "ALTER TABLE $t ADD COLUMN $if$c $kind{$c}" },
    sub { my $t = shift;
        return () if @{$tables{$t}} < 2;
        my $c = pick(@{$tables{$t}});
        $tables{$t} = [grep { $_ ne $c } @{$tables{$t}}];
        return "ALTER TABLE $t DROP COLUMN $c" },
    sub { my $t = shift; my $c = pick(@{$tables{$t}});
        my ($to) = grep { my $x = $_; !grep { $_ eq $x } @{$tables{$t}} }
            $c =~ /^[wy]/ ? qw(w y w2) : qw(v x z v2);
        return () unless $to;
        $tables{$t} = [map { $_ eq $c ? $to : $_ } @{$tables{$t}}];
        return "ALTER TABLE $t RENAME COLUMN $c TO $to" },
    sub { my $t = shift; my $c = pick(@{$tables{$t}});
        return "ALTER TABLE $t MODIFY $c " .
            ($c =~ /^[wy]/ ? 'VARCHAR(60)' : 'BIGINT') },
    sub { my $t = shift; delete $tables{$t};
        return "DROP TABLE $t", create($t, pick('CREATE TABLE',
            'CREATE TABLE IF NOT EXISTS')), insert($t) },
    sub { my $t = shift;
        return create($t, 'CREATE OR REPLACE TABLE'), insert($t) },
    sub { my $t = shift; return "TRUNCATE TABLE $t", insert($t) },
    sub { my $t = shift; my $to = 'n' . ++$made;
        $tables{$to} = delete $tables{$t};
        return pick("RENAME TABLE $t TO $to",
            "ALTER TABLE $t RENAME TO $to"), insert($to) },
    sub { my ($t, $u) = sort keys %tables;
        return () unless $u;
        @tables{$t, $u} = @tables{$u, $t};
        return "RENAME TABLE $t TO tmp, $u TO $t, tmp TO $u", insert($t),
            insert($u) },
    sub { my $t = 'm' . ++$made;
        return create($t, 'CREATE TABLE'), insert($t) },
);

# Of every second seed nothing is dropped, which would stop most streams.
splice @acts, 4, 2 if $n % 2;

for (1 .. 12) {
    my @all = sort keys %tables;
    my $t = pick(@all);
    print "$_;\n" for (pick(@acts)->($t));
    @all = sort keys %tables;
    print insert(pick(@all)), ";\n" for 1 .. pick(1, 2);
    print "UPDATE ", pick(@all), " SET id = id + 1000 WHERE id < 3;\n"
        if pick(0, 0, 1);
}
