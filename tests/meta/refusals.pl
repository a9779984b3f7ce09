# The messages that refuse a legal log, table or statement: each is in the
# manual, in a section CHANGES THAT CANNOT BE ..., or in refusals.txt, which says
# what else it is; and neither has a message that the sources do not have.
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
# The messages of a page are what .Sy and .It Sy mark in its section.
for my $page ('man/cdc-event.5', 'man/cdc-apply.1') {
	my ($section) = text($page) =~
	    /^\.Sh CHANGES THAT CANNOT BE \w+\n(.*?)^\.Sh /ms
	    or die "$page: no such section\n";
	while ($section =~ /^\.(?:It )?Sy (?:"([^"]+)"|(\S+))/mg) {
		my $words = ($1 // $2) =~ s/\\&//gr;
		$is{$words} = $page;
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
	print "$is{$words}: not in the sources: $words\n"
	    unless grep { /$of{$words}/ } keys %said;
}
for my $m (sort keys %said) {
	print "$said{$m}: not in the manual: $m\n"
	    unless grep { $m =~ /$_/ } values %of;
}
