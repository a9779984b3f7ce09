# Writes binlogs that no server would: for what cannot be recorded.
#
#   my $log = Binlog->new;              # of MariaDB 11.8, with checksums
#   $log->gtid; $log->map(7, 'd', 't', "\3"); $log->rows(7, 1, $images);
#   $log->xid; $log->write($path);
#
# Formats: https://mariadb.com/kb/en/2-binlog-event-header/ and its siblings.
package Binlog;
use strict;
use warnings;
use Compress::Raw::Zlib ();       # a third of what Compress::Zlib loads

my %numbers = (query => 2, stop => 3, rotate => 4, xid => 16, map => 19,
	write => 23, update => 24, delete => 25, payload => 40, annotate => 160,
	gtid => 162, gtid_list => 163, fragment => 172);

sub new {
	my ($class, %how) = @_;
	my $log = bless { seq => 1, domain => 0, server => 1, checksum => 1,
	    version => '11.8.6-MariaDB-log', types => 172, %how }, $class;
	my $lengths = join '', map { chr } (0) x 18, 8, (0) x ($log->{types} - 19);
	my $body = pack 'v a50 V C a*', 4, $log->{version}, $log->{created} // 0,
	    19, $lengths;
	$body .= chr($log->{checksum} ? 1 : 0);
	my $event = $log->header(15, length($body) + 4) . $body;
	$log->{bytes} = "\xFEbin$event" . pack 'V', Compress::Raw::Zlib::crc32($event);
	return $log;
}

sub header {
	my ($log, $type, $n) = @_;
	return pack 'V C V V V v', 1700000000, $type, $log->{server}, 19 + $n, 0,
	    $log->{flags} // 0;
}

# An event without checksum.
sub raw {
	my ($log, $type, $body) = @_;
	return $log->header($numbers{$type} // $type, length $body) . $body;
}

sub event {
	my ($log, $type, $body) = @_;
	if (!$log->{checksum}) {
		$log->{bytes} .= $log->raw($type, $body);
		return $log;
	}
	my $event = $log->header($numbers{$type} // $type, 4 + length $body) .
	    $body;
	$log->{bytes} .= $event . pack 'V', Compress::Raw::Zlib::crc32($event);
	return $log;
}

sub lenenc {
	my ($n) = @_;
	return chr $n if $n < 251;
	return pack 'C v', 0xFC, $n if $n < 65536;
	return "\xFE" . pack 'Q<', $n;
}

# A transaction begins; flags 1: it is one statement.
sub gtid {
	my ($log, $flags, $rest) = @_;
	return $log->event('gtid', pack 'Q< V C a*', $log->{seq}++,
	    $log->{domain}, $flags // 0, $rest // "\0" x 6);
}

sub query_body {
	my ($text, $db) = @_;
	$db //= 'd';
	return pack 'V V C v v a* x a*', 1, 0, length $db, 0, 0, $db, $text;
}

sub query {
	my ($log, $text, $db) = @_;
	return $log->event('query', query_body($text, $db));
}

# One statement, a transaction of its own.
sub statement {
	my ($log, $text, $db) = @_;
	return $log->gtid(1)->query($text, $db);
}

# One that ended with that error, after a part of its work.
sub failed {
	my ($log, $error, $text, $db) = @_;
	my $body = query_body($text, $db);

	substr($body, 9, 2) = pack 'v', $error;
	return $log->gtid(1)->event('query', $body);
}

# types: a byte for each column; meta: their metadata; more: what is optional
sub map_body {
	my ($id, $db, $name, $types, $meta, $more) = @_;
	$meta //= '';
	return substr(pack('Q<', $id), 0, 6) . pack('v', 1) .
	    pack('C/a* x C/a* x', $db, $name) . lenenc(length $types) . $types .
	    lenenc(length $meta) . $meta .
	    "\xFF" x int((length($types) + 7) / 8) . ($more // '');
}

sub map {
	my ($log, @table) = @_;
	return $log->event('map', map_body(@table));
}

sub metadata {
	my ($type, $value) = @_;
	return chr($type) . lenenc(length $value) . $value;
}

# Names of columns, as metadata of a map.
sub names {
	return metadata(4, join '', map { lenenc(length) . $_ } @_);
}

sub rows_body {
	my ($id, $columns, $images) = @_;
	return substr(pack('Q<', $id), 0, 6) . pack('v', 1) . lenenc($columns) .
	    "\xFF" x int(($columns + 7) / 8) . $images;
}

sub rows {
	my ($log, @rows) = @_;
	return $log->event('write', rows_body(@rows));
}

sub xid {
	my ($log) = @_;
	return $log->event('xid', pack 'Q<', 1);
}

# gtrid as an xid of format 1; XA PREPARE: its rows, and that it is prepared
sub xa_prepare {
	my ($log, $gtrid, $events) = @_;
	$log->gtid(64, pack('V C C a*', 1, length $gtrid, 0, $gtrid) . "\0" x 6);
	$events->($log);
	return $log->event(38, pack 'C V V V a*', 0, 1, length $gtrid, 0, $gtrid);
}

sub xa_end {
	my ($log, $gtrid, $how) = @_;
	$log->gtid(128 | 1,
	    pack('V C C a*', 1, length $gtrid, 0, $gtrid) . "\0" x 6);
	return $log->query("XA $how X'" . unpack('H*', $gtrid) . "',X'',1");
}

sub write {
	my ($log, $path) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out $log->{bytes};
	close $out or die "$path: $!\n";
}

1;
