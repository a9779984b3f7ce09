/*
 * Hostile lines through the tools that read lines; see property.h.
 *
 *   property [--bin DIR] [--lines N] [--seed N] [--jobs N] [--batch N]
 *            [--keep DIR] [--only SEED] [--without WORD,...] [--print]
 *
 * A failure is said with its seed, command, what was wanted and what came,
 * and with --keep its input; --only SEED is that one again.  --print prints the
 * lines and runs nothing.  --json reads lines and says of each whether our
 * reader takes it, to be compared with what another reader says.
 */
#include "property.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MANY = 25 };	/* failures of a job, then it ends */

unsigned left_out;

static void
leave_out(const char *words)
{
	static const char *const names[] = { "names", "style", "bad",
		"unplaced", "route", "tombstones", "images" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strstr(words, names[i]))
			left_out |= 1u << i;
}

static int
say_json(void)
{
	char *line = NULL, why[160];
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, stdin)) > 0) {
		n -= line[n - 1] == '\n';
		puts(json_read(line, (size_t)n, why) ? "yes" : "no");
		arena_clear();
	}
	free(line);
	return 0;
}

static void
work(const struct record_template *p, uint64_t seed, unsigned long lines,
    struct totals *t)
{
	for (; t->lines < lines && t->failures < MANY; seed++)
		batch(p, seed, t);
}

static void
add(struct totals *sum, const struct totals *t)
{
	sum->lines += t->lines;
	sum->batches += t->batches;
	sum->refused += t->refused;
	sum->bytes += t->bytes;
	sum->failures += t->failures;
	for (size_t i = 0; i < TOOLS; i++)
		sum->by_tool[i] += t->by_tool[i];
	for (size_t i = 0; i < SHAPES; i++)
		sum->by_shape[i] += t->by_shape[i];
	for (size_t i = 0; i < WHATS; i++)
		sum->by_what[i] += t->by_what[i];
}

static void
say(const struct totals *t, double seconds)
{
	static const char *const shapes[] = { "ours", "bare", "schema", "kcat",
		"kcat+schema" };
	static const char *const whats[] = { "envelope", "row", "tombstone",
		"heartbeat", "transaction", "schema record", "unplaced" };

	printf("# %lu lines, %lu MB, %lu batches, %lu hostile ends, "
	    "%.0f s: %.0f lines/s\n#", t->lines, t->bytes >> 20, t->batches,
	    t->refused, seconds, (double)t->lines / seconds);
	for (size_t i = 0; i < TOOLS; i++)
		printf(" %s %lu", tool_names[i], t->by_tool[i]);
	printf("\n#");
	for (size_t i = 0; i < SHAPES; i++)
		printf(" %s %lu", shapes[i], t->by_shape[i]);
	printf("\n#");
	for (size_t i = 0; i < WHATS; i++)
		printf(" %s %lu", whats[i], t->by_what[i]);
	printf("\n# %lu failures\n", t->failures);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Each job counts in memory that all see. */
static int
all(const struct record_template *p, uint64_t seed, unsigned long lines, unsigned jobs)
{
	struct totals *t = mmap(NULL, sizeof *t * jobs, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0), sum = { 0 };
	double begin = now();
	int status, bad = 0;

	if (t == MAP_FAILED)
		return 71;
	if (!p->print)
		printf("# seed %llu\n", (unsigned long long)seed);
	fflush(stdout);
	for (unsigned i = 0; i < jobs; i++) {
		if (fork() == 0) {
			work(p, seed + ((uint64_t)i << 40), lines / jobs,
			    t + i);
			fflush(stdout);
			_exit(0);
		}
	}
	while (wait(&status) > 0)
		bad |= status;
	for (unsigned i = 0; i < jobs; i++)
		add(&sum, t + i);
	if (!p->print)
		say(&sum, now() - begin);
	return bad || sum.failures || sum.lines < lines / jobs * jobs;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "bin", 1, 0, 'b' }, { "lines", 1, 0, 'n' },
		{ "seed", 1, 0, 's' }, { "jobs", 1, 0, 'j' },
		{ "batch", 1, 0, 'l' }, { "keep", 1, 0, 'k' },
		{ "only", 1, 0, 'o' }, { "json", 0, 0, 'J' }, { "print", 0, 0, 'p' },
		{ "without", 1, 0, 'w' },
		{ 0, 0, 0, 0 },
	};
	struct record_template p = { .bin = "src", .lines = 3000 };
	struct totals t = { 0 };
	uint64_t seed = (uint64_t)time(NULL);
	unsigned long lines = 100000;
	unsigned jobs = 1;
	const char *only = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		switch (c) {
		case 'b': p.bin = optarg; break;
		case 'n': lines = strtoul(optarg, NULL, 10); break;
		case 's': seed = strtoull(optarg, NULL, 10); break;
		case 'j': jobs = (unsigned)strtoul(optarg, NULL, 10); break;
		case 'l': p.lines = (unsigned)strtoul(optarg, NULL, 10); break;
		case 'k': p.keep = optarg; break;
		case 'o': only = optarg; break;
		case 'w': leave_out(optarg); break;
		case 'p': p.print = true; break;
		case 'J': return say_json();
		default: return 64;
		}
	}
	if (!only)
		return all(&p, seed, lines, jobs ? jobs : 1);
	batch(&p, strtoull(only, NULL, 10), &t);
	return t.failures != 0;
}
