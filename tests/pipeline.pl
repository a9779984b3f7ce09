# A pipeline of two programs that is killed, again and again, until the last one
# ends well; how often it was killed.
# usage: perl pipeline.pl KILLS FIRST SECOND [ARGUMENT]...   FIRST is sh's
use strict; use IO::Pipe; use POSIX ();
my ($kills, $tail, @exec) = @ARGV;
my $killed = 0;
for (1 .. 200) {
	my $pipe = IO::Pipe->new; my @pids;
	for my $end (0, 1) {
		my $pid = fork // die;
		push @pids, $pid and next if $pid;
		if ($end) { $pipe->reader; open STDIN, '<&', $pipe; exec @exec }
		$pipe->writer; open STDOUT, '>&', $pipe; exec 'sh', '-c', $tail;
	}
	undef $pipe;
	my $until = 0.05 + rand 0.2;
	if ($killed < $kills) {
		select undef, undef, undef, $until;
		my $which = int rand 3;
		kill 9, grep { $which == 2 || $_ == $pids[$which] } @pids;
		$killed++;
	}
	my @status = map { waitpid $_, 0; $? } @pids;
	if ($status[1] == 0) { print "$killed"; exit 0 }
}
exit 1;
