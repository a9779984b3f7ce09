#!/usr/bin/perl
# A proxy that breaks: it passes bytes between a socket of its own and a
# server's, and cuts each connection after a random number of them.  With `once`
# it cuts the first one alone, after MEAN-BYTES; with `stall` it passes nothing
# more of it then, without a word; the others it leaves alone.
# usage: cutter.pl LISTEN SERVER-SOCKET MEAN-BYTES SEED [once | stall]
use strict;
use warnings;
use IO::Select;
use IO::Socket::UNIX;

my ($path, $server, $mean, $seed, $how) = @ARGV;
my $listener = IO::Socket::UNIX->new(Local => $path, Listen => 8)
    or die "cutter: $path: $!\n";
$SIG{CHLD} = 'IGNORE';
srand $seed;

sub pass_on {
	my ($client, $limit) = @_;
	my $up = IO::Socket::UNIX->new(Peer => $server) or return;
	my $select = IO::Select->new($client, $up);
	my $passed = 0;
	while ($passed < $limit) {
		for my $from ($select->can_read) {
			my $to = $from == $client ? $up : $client;
			my $most = $limit - $passed;
			my $n = sysread $from, my $bytes,
			    $most < 4096 ? $most || 1 : 4096;
			return unless $n;
			$passed += $n;
			my $sent = 0;
			while ($sent < $n) {
				my $done = syswrite $to, $bytes, $n - $sent,
				    $sent or return;
				$sent += $done;
			}
		}
	}
}

while (my $client = $listener->accept) {
	my $limit = $how ? $mean : int(-log(1 - rand) * $mean) + 1;
	$mean = 9e15 if $how;
	next if fork;
	close $listener;
	pass_on($client, $limit);
	if ($how && $how eq 'stall' && $limit < 9e15) {          # until the client gives up
		1 while sysread $client, my $bytes, 4096;
	}
	exit;
}
