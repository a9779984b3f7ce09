# What is refused of a legal log, table or statement, in words of the sources:
# each is a row of a table in the manual, or a line of refusals.txt, which says
# what else it is; and there is no row or line of what nothing says.
# usage: perl refusals.pl TOP
use strict;
use warnings;

my $top = shift;
my @rooms = qw(charset value binlog source schema group ddl print follow catalog copy
    incremental tail snapshot convert target evolve apply);

sub text {
	open my $h, '<', "$top/$_[0]" or die "$_[0]: $!\n";
	local $/;
	return <$h>;
}

# "a" PRIu64 "b" of C as one text.
sub joined {
	my $t = shift;
	$t =~ s/"\s*PRI\w+\s*"//g;
	$t =~ s/"\s*"//g;
	return $t =~ s/^\s*"|"\s*$//gr;
}

my $string = qr/"(?:[^"\\]|\\.)*"/;
my $literal = qr/$string(?:\s*(?:PRI\w+\s*)?$string)*/;
my @before = (
	qr/err_(?:set|errno)\([^"]*?ERR_(?:DATA|CONFIG),[^"]{0,40}?/,
	qr/#define [A-Z_]+ /, qr/ROLE_(?:REFUSED|ENCRYPTED),\s*/, qr/->refused = /,
	qr/\brefuse(?:_text)?\([^";]*/, qr/->why = /, qr/\bbad\(c, /,
	qr/SQL_INIT\([^)]*\)?\s*,\s*/, qr/[{,]\s*\.why = /);

# The messages of a file, each once.
sub messages {
	my $c = text($_[0]);
	my %found;
	for my $before (@before) {
		$found{joined($1)} = 1 while $c =~ /$before($literal)/g;
	}
	if ($_[0] =~ /check_value\.c$/) {
		$found{joined($1)} = 1
		    while $c =~ /(?:return|[?:])\s+($literal)/g;
	}
	$found{$1} = 1 while $c =~ /err_set\([^;]*?:\s*"([^"]+)"\s*[,)]/g;
	return keys %found;
}

my (%said, %is);
for my $room (@rooms) {
	for my $file (glob "$top/src/lib/$room/*.c") {
		my $name = $file =~ s{^\Q$top\E/}{}r;
		$said{$_} = $name for grep { / / } messages($name);
	}
}
for my $page ('man/cdc-event.5', 'man/cdc-apply.1') {
	my ($table) = text($page) =~ /^\.TS\n(.*?)^\.TE/ms
	    or die "$page: no table\n";
	while ($table =~ /^T\{\n([^\t]*?)\nT\}\t/mg) {
		$is{$_} = $page for split /; /, $1 =~ s/\n/ /gr =~ s/\\&//gr;
	}
}
for (split /\n/, text('tests/meta/refusals.txt')) {
	next if /^#/;
	my ($class, $words) = split /\t/;
	$is{$words} = $class;
}
# "a ... b": anything between; a part is the whole message
my %of = map { $_ => join '.*', map { quotemeta } split / ?\.\.\. ?/, $_ }
    keys %is;
$of{$_} = "^$of{$_}\$" for grep { $is{$_} eq 'part' } keys %is;
for my $words (sort keys %is) {
	print "$is{$words}: nothing says: $words\n"
	    unless grep { /$of{$words}/ } keys %said;
}
for my $m (sort keys %said) {
	print "$said{$m}: in no table: $m\n"
	    unless grep { $m =~ /$_/ } values %of;
}
