#!/usr/bin/perl
# A server that attacks who connects: it speaks as much of the protocol as its
# MODE needs, and writes down all that it is told, a line for each packet, in
# hex, or as text where it is such.
# usage: hostile.pl PORT|SOCKET LOG MODE
use strict;
use warnings;
use IO::Socket::INET;
use IO::Socket::UNIX;

my ($port, $log, $mode) = @ARGV;
my $listener = $port =~ m,/, ?
    IO::Socket::UNIX->new(Local => $port, Listen => 8) :
    IO::Socket::INET->new(LocalAddr => '127.0.0.1',
    LocalPort => $port, Listen => 8, ReuseAddr => 1)
    or die "hostile: $port: $!\n";
open my $out, '>>', $log or die "hostile: $log: $!\n";
$out->autoflush;
$SIG{CHLD} = 'IGNORE';

use constant {
	LONG_PASSWORD => 1, PROTOCOL_41 => 0x200, TRANSACTIONS => 0x2000,
	SECURE => 0x8000, PLUGIN_AUTH => 0x80000, LOCAL_FILES => 0x80,
};

my ($client, $next);

sub send_packet {
	my ($bytes) = @_;
	print $client substr(pack('V', length $bytes), 0, 3), chr $next,
	    $bytes;
	$next = ($next + 1) % 256;
}

sub get {
	my ($n) = @_;
	my $bytes = '';
	while (length $bytes < $n) {
		sysread $client, $bytes, $n - length $bytes, length $bytes
		    or exit;
	}
	return $bytes;
}

sub get_packet {
	my $head = get(4);
	my $n = unpack 'V', substr($head, 0, 3) . "\0";
	$next = (ord(substr $head, 3) + 1) % 256;
	my $bytes = $n ? get($n) : '';
	my $text = $bytes =~ /^[\x03]?[\n\t -~]*\0?$/ ? $bytes :
	    unpack 'H*', $bytes;
	$text =~ s/[\0\x03\n]/ /g;
	print $out "$text\n";
	return $bytes;
}

# What a greeting offers; never TLS.
sub greet {
	my ($plugin) = @_;
	my $flags = LONG_PASSWORD | PROTOCOL_41 | TRANSACTIONS | SECURE |
	    LOCAL_FILES | ($mode eq 'ancient' ? 0 : PLUGIN_AUTH);
	$next = 0;
	send_packet("\x0A5.5.5-10.11.0-MariaDB\0" . pack('V', 7) .
	    'abcdefgh' . "\0" . pack('v', $flags & 0xFFFF) . chr(45) .
	    pack('v', 2) . pack('v', $flags >> 16) . chr(21) . "\0" x 10 .
	    'ijklmnopqrst' . "\0" .
	    ($mode eq 'ancient' ? '' : "$plugin\0"));
}

sub ok { send_packet("\0\0\0" . pack('v', 2) . "\0\0") }
sub eof_packet { send_packet("\xFE\0\0" . pack('v', 2)) }

sub refuse {
	my ($number, $text) = @_;
	send_packet("\xFF" . pack('v', $number) . "#HY000$text");
}

sub ask_for {
	my ($plugin, $data) = @_;
	send_packet("\xFE$plugin\0$data");
}

sub text { my ($t) = @_; return chr(length $t) . $t }

sub rows {
	my (@values) = @_;
	send_packet(chr scalar @values);
	for my $i (0 .. $#values) {
		send_packet(text('def') . text('') x 3 . text("c$i") .
		    text('') . "\x0C" . pack('vVCvC', 45, 255, 253, 0, 0) .
		    "\0\0");
	}
	eof_packet();
	send_packet(join '', map { text($_) } @values);
	eof_packet();
}

# Let it in, and answer what a session is asked, truly or not.
sub session {
	my $charset = $mode eq 'liar' ? 'latin1' : 'utf8mb4';
	my $length = $mode eq 'mojibake' ? 2 : 1;
	ok();
	while (1) {
		my $query = get_packet();
		if ($query =~ /^\x03SELECT \@\@character_set_client/) {
			rows($charset, 'utf8mb4', 'utf8mb4', $length, 1, '',
			    '+00:00', 16777216, 7, 'host 3306 1');
		} elsif ($query =~ /^\x03SET/) {
			last if $mode eq 'then-silent';
			$mode eq 'file-at-once' ?
			    send_packet("\xFB/etc/passwd") : ok();
		} elsif ($mode eq 'file') {
			send_packet("\xFB/etc/passwd");
		} elsif ($mode eq 'bell') {
			refuse(1064, "\x1B]0;owned\x07\x1B[2J\ncdc-tail: all " .
			    "is well");
		} elsif ($mode eq 'columns') {
			send_packet("\xFC\xFF\xFF");
			send_packet(text('def') x 6) while 1;
		} else {
			refuse(1064, 'no');
		}
	}
	sleep 600;
}

my %first = (
	silent => sub { sleep 600 },
	garbage => sub { print $client join '', map { chr int rand 256 }
	    1 .. 5000 },
	truncated => sub { print $client "\x50\0\0\0\x0A10.11" },
	endless => sub { print $client "\xFF\xFF\xFF\0";
	    print $client 'x' x 65536 while 1 },
	refusing => sub { $next = 0; refuse(1130, "\x1B[2Jgo away\nnow") },
	http => sub { print $client "HTTP/1.1 400 Bad Request\r\n\r\n" },
);

my %methods = (
	clear => ['mysql_clear_password', ''],
	pam => ['dialog', "\x04Password: "],
	prompts => ['dialog', "\x02What is on your standard input? "],
	old => ['mysql_old_password', 'abcdefgh'],
	sha256 => ['sha256_password', 'abcdefghijklmnopqrst'],
	sha2 => ['caching_sha2_password', 'abcdefghijklmnopqrst'],
	unknown => ['../../../../tmp/evil', ''],
);

while ($client = $listener->accept) {
	next if fork;
	close $listener;
	$client->autoflush;
	if ($first{$mode}) {
		$first{$mode}->();
		exit;
	}
	if ($mode eq 'greets-clear') {
		greet('mysql_clear_password');
	} else {
		greet('mysql_native_password');
	}
	get_packet();
	if ($methods{$mode}) {
		ask_for(@{$methods{$mode}});
		get_packet();
		# a key of ours, for those that encrypt
		send_packet("\x01" . "-----BEGIN PUBLIC KEY-----\nno\n");
		get_packet() while 1;
	} elsif ($mode eq 'twice') {
		ask_for('mysql_native_password', 'abcdefghijklmnopqrst');
		get_packet();
		ask_for('mysql_clear_password', '');
		get_packet() while 1;
	} elsif ($mode eq 'old-way') {
		send_packet("\xFE");
		get_packet() while 1;
	} elsif ($mode eq 'native') {
		ask_for('mysql_native_password', 'abcdefghijklmnopqrst');
		get_packet() while 1;
	}
	session();
	exit;
}
