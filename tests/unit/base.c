/* SPDX-License-Identifier: MIT
 *
 * base/: what all rooms use, against a plainer way of doing the same, libc or
 * coreutils.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"
#include "base/base64.h"
#include "base/fd.h"
#include "base/hash.h"
#include "base/hex.h"
#include "base/integer.h"
#include "base/murmur.h"
#include "base/retry.h"
#include "base/span.h"
#include "base/tempfile.h"
#include "base/uuid.h"
#include "tap.h"

enum { MANY = 20000 };

/* The same numbers in every run. */
static uint64_t
chance(void)
{
	static uint64_t n;

	return hash_u64(++n, 42);
}

static struct span
random_bytes(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (char)chance();
	return (struct span){ p, n };
}

/* ---- arrays */

static void
arrays(void)
{
	static const int sorted[] = { 1, 2, 3, 5, 8, 9 }, came[] = {
		5, 1, 9, 3, 8, 2 };
	int *v = NULL, *w = NULL;
	uint64_t *pushed = NULL, sum = 0;
	size_t n = 0, nw = 0, m = 0, cap = 0;

	for (size_t i = 0; i < 6; i++) {
		size_t at = 0;

		*ARRAY_ADD(w, nw) = came[i];
		while (at < n && v[at] < came[i])
			at++;
		*ARRAY_INSERT(v, n, at) = came[i];
	}
	is_number(nw == 6 && memcmp(w, came, sizeof(came)) == 0, 1,
	    "members are added at the end");
	is_number(n == 6 && memcmp(v, sorted, sizeof(sorted)) == 0, 1,
	    "and put between others");
	for (uint64_t i = 0; i < MANY; i++)
		*ARRAY_PUSH(pushed, m, cap) = i;
	for (size_t i = 0; i < m; i++)
		sum += pushed[i];
	is_number((long long)sum, (long long)MANY * (MANY - 1) / 2,
	    "many are pushed");
	is_number(m == MANY && cap >= m && cap < 2 * m, 1,
	    "the room is less than twice what there is");
	free(v);
	free(w);
	free(pushed);
}

/* ---- hashes */

enum { VALUES = 96, HASHES = 64 };      /* few, so that they fall together */

/* How often each value is in the table under each hash. */
static uint8_t model[HASHES][VALUES];

static struct hash_slot *
find(const struct hash *t, uint64_t hash, uint64_t value)
{
	struct hash_slot *slot = hash_find(t, hash);

	while (slot && hash_value(slot) != value)
		slot = hash_next(t, slot);
	return slot;
}

static uint64_t
spread(size_t hash)
{
	return hash % 2 ? hash : hash_u64(hash, 1);
}

static bool
is_like_model(const struct hash *t)
{
	size_t n = 0;

	for (size_t h = 0; h < HASHES; h++)
		for (size_t v = 0; v < VALUES; v++) {
			n += model[h][v];
			if (!find(t, spread(h), v) != !model[h][v])
				return false;
		}
	return n == t->n;
}

static void
hashes(void)
{
	struct hash t = { 0 };
	bool same = true;
	size_t most = 0;

	for (int round = 0; round < MANY; round++) {
		size_t h = chance() % HASHES, v = chance() % VALUES;
		bool shrinks = round / 4000 % 2;

		if (!model[h][v] && !(shrinks && chance() % 8))
			hash_add(&t, spread(h), v);
		else if (model[h][v])
			hash_remove(&t, find(&t, spread(h), v));
		else
			continue;
		model[h][v] ^= 1;
		if (t.n > most)
			most = t.n;
		if (round % 1000 == 0)
			same = same && is_like_model(&t);
	}
	result(same && is_like_model(&t) && most > 1000,
	    "what is put in and taken out is there, and nothing else");
	while (t.n > 5)
		for (size_t i = 0; i < t.nslots; i++)
			if (t.slots[i].after) {
				hash_remove(&t, &t.slots[i]);
				break;
			}
	result(t.nslots <= 128, "a table gets smaller with what is in it");
	hash_empty(&t);
	result(t.n == 0 && !hash_find(&t, 1), "an empty one has nothing");
	for (uint64_t v = 0; v < MANY; v++)
		hash_add(&t, hash_u64(v, hash_seed()), v);
	hash_empty(&t);
	hash_add(&t, 7, UINT64_MAX - 1);
	result(hash_value(hash_find(&t, 7)) == UINT64_MAX - 1 && t.n == 1,
	    "and is used again, for large values, too");
	for (int i = 0; i < 20; i++)
		hash_empty(&t);
	result(t.nslots <= 64, "nothing is left of a large use, in time");
	hash_clear(&t);
	result(hash_seed() == hash_seed() && hash_seed(),
	    "a process has one seed");
}

/* ---- bytes as text */

static void
hex(void)
{
	static const char *const bad[] = { "0", "0g", "g0", "00 ", "\xb0\x30",
		"0x", "00:", "0\x10" };
	struct buf out = { 0 }, back = { 0 }, want = { 0 };
	char bytes[256];

	for (int i = 0; i < 256; i++) {
		bytes[i] = (char)i;
		buf_printf(&want, "%02x", i);
	}
	hex_append(&out, (struct span){ bytes, 256 }, hex_lower);
	is_text(buf_view(&out), buf_cstr(&want), "bytes as printf has them");
	hex_take(&back, buf_view(&out));
	result(span_eq(buf_view(&back), (struct span){ bytes, 256 }),
	    "and back");
	out.n = back.n = 0;
	hex_append(&out, SPAN("\xab\xcd"), hex_upper);
	is_text(buf_view(&out), "ABCD", "large letters");
	result(hex_take(&back, buf_view(&out)) &&
	    span_eq(buf_view(&back), SPAN("\xab\xcd")), "are read, too");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		result(!hex_take(&back, span_of(bad[i])), bad[i]);
	result(hex_take(&back, SPAN("")), "no digits, no bytes");
	for (int c = -128; c < 128; c++)
		if (hex_value((char)c) != (c > 0 && strchr("0123456789abcdef",
		    c | (c >= 'A' && c <= 'F' ? 32 : 0)) ?
		    (int)strtol((char[]){ (char)c, 0 }, NULL, 16) : -1))
			result(false, "the value of a digit");
	buf_free(&out);
	buf_free(&back);
	buf_free(&want);
}

/* RFC 4648, 10. */
static void
base64_vectors(void)
{
	static const char *const vectors[][2] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
		{ "\xfb\xff\xbf", "+/+/" },
	};
	static const char *const bad[] = {
		"Z", "Zg=", "Zg===", "Zg==Zg==", "=", "====", "Zh==", "Zm9=",
		"Zm 9v", "Zm9v\n", "Zm9v*", "Zm9vY",
	};
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		out.n = 0;
		base64_append(&out, span_of(vectors[i][0]), false);
		is_text((struct span){ out.n ? out.p : "", out.n },
		    vectors[i][1], "base64");
		out.n = 0;
		result(!base64_take(&out, span_of(vectors[i][1])), "is read");
		is_text((struct span){ out.n ? out.p : "", out.n },
		    vectors[i][0], "and back");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		result(base64_take(&out, span_of(bad[i])), bad[i]);
	out.n = 0;
	base64_append(&out, SPAN("\xfb\xff\xbf"), true);
	is_text(buf_view(&out), "-_-_", "for URLs");
	out.n = 0;
	result(!base64_take(&out, SPAN("-_+/Zg")) && out.n == 4,
	    "either alphabet is read, without padding, too");
	buf_free(&out);
}

/* Of many bytes, as base64(1) has them. */
static void
base64_oracle(void)
{
	static char bytes[MANY], name[] = "/tmp/base64.XXXXXX";
	int fd = mkstemp(name);
	struct span all = random_bytes(bytes, MANY - 1);
	struct buf ours = { 0 }, theirs = { 0 }, back = { 0 };
	char command[64];
	FILE *run;
	bool same = true;
	int c;

	if (fd < 0 || fd_write(fd, all) != all.n)
		result(false, "a file of random bytes");
	snprintf(command, sizeof(command), "base64 -w0 %s", name);
	run = popen(command, "r");
	while (run && (c = getc(run)) != EOF)
		buf_char(&theirs, (char)c);
	if (run)
		pclose(run);
	base64_append(&ours, all, false);
	result(span_eq(buf_view(&ours), buf_view(&theirs)),
	    "many bytes, as base64(1) has them");
	for (size_t n = 0; n < 300; n++) {
		ours.n = back.n = 0;
		base64_append(&ours, (struct span){ bytes + n, n }, n % 2);
		same = same && !base64_take(&back, buf_view(&ours)) &&
		    span_eq(buf_view(&back), (struct span){ bytes + n, n });
	}
	result(same, "bytes of every length, there and back");
	unlink(name);
	close(fd);
	buf_free(&ours);
	buf_free(&theirs);
	buf_free(&back);
}

static void
uuids(void)
{
	static const char *const bad[] = { "",
		"00112233-4455-6677-8899-aabbccddeef",
		"00112233-4455-6677-8899-aabbccddeeff0",
		"00112233-4455-6677-8899-aabbccddeefg",
		"00112233-4455-6677-8899aabbccddeeff--",
		"001122334455-6677-8899-aabb-ccddeeff",
		"00112233445566778899aabbccddeeff----" };
	char text[UUID_TEXT], bytes[UUID_BYTES];
	uint8_t back[UUID_BYTES];
	bool same = true;

	result(uuid_take(back, SPAN("00112233-4455-6677-8899-AABBCCDDEEFF")),
	    "a UUID in large letters");
	result(uuid_put(text, back) == text + UUID_TEXT, "has 36 of them");
	is_text((struct span){ text, UUID_TEXT },
	    "00112233-4455-6677-8899-aabbccddeeff", "and is printed in small");
	for (int i = 0; i < 1000; i++) {
		random_bytes(bytes, UUID_BYTES);
		uuid_put(text, (uint8_t *)bytes);
		same = same && uuid_take(back, (struct span){ text,
			UUID_TEXT }) && memcmp(back, bytes, UUID_BYTES) == 0;
	}
	result(same, "any, there and back");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		result(!uuid_take(back, span_of(bad[i])), bad[i]);
}

/* ---- numbers */

/* As strtoull() reads a text of digits alone. */
static bool
plainly(const char *text, uint64_t max, uint64_t *v)
{
	errno = 0;
	*v = strtoull(text, NULL, 10);
	return *text && !text[strspn(text, "0123456789")] && !errno &&
	    *v <= max;
}

static void
numbers(void)
{
	static const uint64_t limits[] = { 0, 1, 9, 10, 255, UINT32_MAX,
		INT64_MAX, UINT64_MAX - 1, UINT64_MAX };
	static const char *const others[] = { "", "-", "+1", " 1", "1 ", "-0",
		"--1", "1.0", "1e3", "0x10", "18446744073709551616",
		"99999999999999999999", "100000000000000000000", "1-", "\xb1" };
	bool same = true;
	uint64_t v, want;
	char text[32];

	for (int i = 0; i < 10 * MANY; i++) {
		uint64_t max = limits[chance() % 9];

		v = 0;
		snprintf(text, sizeof(text), "%s%" PRIu64,
		    chance() % 8 ? "" : "00", chance() >> chance() % 64);
		if (i % 4 == 0)
			snprintf(text, sizeof(text), "%" PRIu64 "%s", max - 1 +
			    chance() % 3, chance() % 8 ? "" : "0");
		if (plainly(text, max, &want))
			same = same && integer_read(span_of(text), max, &v) &&
			    v == want;
		else
			same = same && !integer_read(span_of(text), max, &v) &&
			    v == 0;
	}
	result(same, "numbers as strtoull() reads them");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		result(!integer_read(span_of(others[i]), UINT64_MAX, &v),
		    others[i]);
	is_number(integer_or("18", 7) + integer_or(NULL, 7) + integer_or("x", 7),
	    18 + 7 + 7, "what a server says, or another number");
}

static void
signed_numbers(void)
{
	struct span text = SPAN("12,3");
	uint64_t v = 0;
	int64_t s = 0;

	result(integer_read_signed(SPAN("-9223372036854775808"), &s) &&
	    s == INT64_MIN, "the least");
	result(integer_read_signed(SPAN("9223372036854775807"), &s) &&
	    s == INT64_MAX, "the largest");
	result(!integer_read_signed(SPAN("9223372036854775808"), &s) &&
	    !integer_read_signed(SPAN("-9223372036854775809"), &s) &&
	    !integer_read_signed(SPAN("--1"), &s) &&
	    !integer_read_signed(SPAN("-"), &s) && s == INT64_MAX,
	    "nothing beyond them, or else");
	result(integer_take(&text, 20, &v) && v == 12 && span_is(text, ",3") &&
	    !integer_take(&text, 20, &v) && span_is(text, ",3"),
	    "digits are taken from the front");
	text = SPAN("21,3");
	result(!integer_take(&text, 20, &v) && v == 12 && span_is(text,
	    "21,3"), "but none of a number that is too large");
}

/* ---- when to try again */

static void
delays(void)
{
	static const struct retry known = { 10, 500, 60000 };
	static const int64_t most[] = { 500, 1000, 2000, 4000, 8000, 16000,
		32000, 60000, 60000 };
	bool good = true;
	int64_t ms;

	for (uint64_t n = 1; n <= 9; n++) {
		is_number(retry_delay(&known, n, 0), most[n - 1],
		    "twice as long each time, up to a limit");
		is_number(retry_delay(&known, n, (uint64_t)most[n - 1] / 2),
		    (most[n - 1] + 1) / 2, "by chance as little as half");
	}
	for (int i = 0; i < MANY; i++) {
		struct retry any = { 0, (int64_t)(chance() >> 1 >> chance() %
		    63), (int64_t)(chance() >> 1 >> chance() % 63) };

		ms = retry_delay(&any, chance() >> chance() % 64, chance());
		good = good && ms >= 0 && ms <= any.most_ms &&
		    ms >= (any.first_ms < any.most_ms ? any.first_ms :
		    any.most_ms) / 2;
	}
	result(good, "never longer, however long that is");
}

/* ---- descriptors */

static void
on_alarm(int signo)
{
	(void)signo;
}

/* A signal every millisecond, which calls do not survive. */
static void
disturb(bool on)
{
	struct itimerval each = { { 0, on ? 1000 : 0 }, { 0, on ? 1000 : 0 } };
	struct sigaction act = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &each, NULL);
}

/* Through a pipe whose other end is slow. */
static void
pipes(void)
{
	static char bytes[8 * MANY], came[8 * MANY];
	struct span all = random_bytes(bytes, sizeof(bytes));
	size_t n = 0;
	ssize_t got;
	int ends[2], status = -1;
	pid_t pid;

	if (pipe(ends) < 0 || (pid = fork()) < 0)
		exit(1);
	if (pid == 0) {
		close(ends[0]);
		disturb(true);
		usleep(20000);
		_exit(fd_write(ends[1], all) != all.n);
	}
	close(ends[1]);
	disturb(true);
	while ((got = fd_read(ends[0], came + n, sizeof(came) - n)) > 0) {
		n += (size_t)got;
		usleep(2000);
	}
	disturb(false);
	waitpid(pid, &status, 0);
	is_number(status, 0, "all is written, whatever signals come");
	result(got == 0 && span_eq((struct span){ came, n }, all),
	    "and all is read");
	signal(SIGPIPE, SIG_IGN);
	close(ends[0]);
}

static void
files(void)
{
	struct err err = { 0 };
	int fd = tempfile_open(&err);
	char bytes[100], back[100];
	struct span all = random_bytes(bytes, sizeof(bytes));

	is_number(fd_write_at(fd, all, 1000), 0, "bytes in a file");
	is_number(fd_read_at(fd, back, 50, 100, 1000), 100, "are there");
	result(memcmp(back, bytes, 100) == 0, "as they were");
	errno = 0;
	is_number(fd_read_at(fd, back, 50, 100, 1080), 20, "its end is short");
	is_number(errno, EIO, "and an error of a disk");
	is_number(fd_read_at(fd, back, 0, 100, 2000), 0, "nothing asked");
	is_number(fd_sync(fd), 0, "it is synced");
	close(fd);
	is_number(fd_read_at(fd, back, 1, 1, 0), -1, "a closed one: -1");
	is_number((long long)fd_write(fd, all), 0, "nothing is written to it");
}

/* A text of 1, 2, 1, 1, 3 and 1 bytes a character, cut after each byte; bytes
 * that are no UTF-8 are cut like any others. */
static void
shown(void)
{
	static const char *const want[] = { "…", "a…", "a…", "aä…", "aäb…",
		"aäbc…", "aäbc…", "aäbc…", "aäbc€…", "aäbc€d" };
	struct span text = SPAN("aäbc€d");
	char got[64];

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		snprintf(got, sizeof(got), "%.*s%s", SPAN_SHOWN(text, i));
		is_text(span_of(got), want[i], "a text, cut");
	}
	snprintf(got, sizeof(got), "%.*s%s", SPAN_SHOWN(((struct span){ 0 }),
	    3));
	is_text(span_of(got), "", "none");
	is_number(span_cut(SPAN("\x80\x80\x80\x80\x80\x80"), 5), 2,
	    "no UTF-8");
}

/* Vectors of Kafka's own test of its Java client. */
static void
murmurs(void)
{
	static const struct {
		const char *text;
		int32_t hash;
	} cases[] = {
		{ "21", -973932308 }, { "foobar", -790332482 },
		{ "a-little-bit-long-string", -985981536 },
		{ "a-little-bit-longer-string", -1486304829 },
		{ "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8",
		    -58897971 },
		{ "abc", 479470107 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_number((int32_t)murmur_hash(span_of(cases[i].text)),
		    cases[i].hash, cases[i].text);
}

int
main(void)
{
	murmurs();
	arrays();
	hashes();
	hex();
	base64_vectors();
	base64_oracle();
	uuids();
	numbers();
	signed_numbers();
	delays();
	pipes();
	files();
	shown();
	return done();
}
