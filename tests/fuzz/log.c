/* SPDX-License-Identifier: MIT
 *
 * From a log to records and on: the input is a script that builds a log, so
 * that framing, lengths and checksums are right and what is changed is what
 * they hold.  What cdc-tail prints of it must be JSON, line by line, as the
 * filters and a sink read it; anything else is a crash.
 *
 *   script = choices u8, choices u8, step …
 *   step   = kind u8 (modulo STEPS), by kind: see the table at the end
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <libdeflate.h>
#include <zstd.h>

#include "binlog/events.h"
#include "cdc.h"
#include "sink/progress.h"

enum {
	CHOOSE_CHECKSUM = 64, CHOOSE_IN_USE = 128,      /* of the second: */
	CHOOSE_QUERY = 1, CHOOSE_TINY_HOLD = 2, CHOOSE_OLD = 4,
	HEADER = 19, FRONT = HEADER + 2 + 50 + 4 + 1, TYPES = 255,
	MOST_OUTPUT = 32 << 20, DEEPEST = 4,
};

/* The log in hand. */
struct script {
	struct cursor in;
	struct buf log;
	bool mysql, checksum;
	uint64_t seq;
	struct buf *packed;     /* where events go instead, or NULL */
	size_t fragment;        /* the next event in pieces of so many bytes */
	unsigned depth;
};

static void
put_le(struct buf *to, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_char(to, (char)(i < 8 ? v >> 8 * i : 0));
}

static void
put_header(struct buf *to, uint8_t type, size_t n, uint16_t flags)
{
	put_le(to, 1700000000, 4);
	put_le(to, type, 1);
	put_le(to, 1, 4);
	put_le(to, HEADER + n, 4);
	put_le(to, 0, 4);
	put_le(to, flags, 2);
}

static void
put_checksum(struct buf *to, size_t from)
{
	put_le(to, libdeflate_crc32(0, to->p + from, to->n - from), 4);
}

static void
begin_log(struct script *s, uint8_t choice, uint8_t more)
{
	size_t from = s->log.n + 4;

	buf_put(&s->log, "\xFE" "bin", 4);
	put_header(&s->log, 15, FRONT - HEADER + TYPES + 5,
	    choice & CHOOSE_IN_USE ? 1 : 0);
	put_le(&s->log, 4, 2);
	for (size_t i = s->log.n; s->log.n < i + 54;)
		buf_char(&s->log, '\0');
	strcpy(s->log.p + from + HEADER + 2, s->mysql ? "9.7.0" :
	    more & CHOOSE_OLD ? "5.5.30-MariaDB" : "11.8.6-MariaDB");
	put_le(&s->log, HEADER, 1);
	for (size_t i = 0; i < TYPES; i++)
		buf_char(&s->log, i == 18 ? 8 : 0);
	buf_char(&s->log, s->checksum);
	s->log.p[from + 17] = 0;        /* IN_USE does not count */
	put_checksum(&s->log, from);
	s->log.p[from + 17] = choice & CHOOSE_IN_USE ? 1 : 0;
}

static void put_event(struct script *s, uint8_t type, struct span body);

/* The next event, in pieces. */
static void
put_pieces(struct script *s, uint8_t type, struct span body)
{
	struct buf whole = { 0 };
	size_t step = s->fragment, n;

	put_header(&whole, type, body.n, 0);
	buf_span(&whole, body);
	n = whole.n / step + 1;
	s->fragment = 0;
	for (size_t i = 0; i < n && i < 64; i++) {
		struct buf piece = { 0 };
		size_t left = whole.n - i * step;

		put_le(&piece, i + 1, 4);
		put_le(&piece, n, 4);
		put_le(&piece, i == 0, 1);
		if (i == 0)
			put_le(&piece, whole.n, 8);
		buf_put(&piece, whole.p + i * step, left < step ? left : step);
		put_event(s, 172, buf_view(&piece));
		buf_free(&piece);
	}
	buf_free(&whole);
}

static void
put_event(struct script *s, uint8_t type, struct span body)
{
	bool checksum = s->checksum && !s->packed;
	struct buf *to = s->packed ? s->packed : &s->log;
	size_t from = to->n;

	if (s->fragment) {
		put_pieces(s, type, body);
		return;
	}
	put_header(to, type, body.n + (checksum ? 4 : 0), 0);
	buf_span(to, body);
	if (checksum)
		put_checksum(to, from);
}

/* type u8, body u16 … */
static void
step_raw(struct script *s)
{
	uint8_t type = take_u8(&s->in);

	put_event(s, type, take_span(&s->in, take_u16(&s->in)));
}

static void
step_gtid(struct script *s)
{
	struct buf body = { 0 };
	uint8_t flags = take_u8(&s->in);

	if (s->mysql) {
		put_le(&body, flags, 1);
		put_le(&body, 7, 16);
		put_le(&body, ++s->seq, 8);
		put_event(s, 33, buf_view(&body));
	} else {
		put_le(&body, ++s->seq, 8);
		put_le(&body, 0, 4);
		put_le(&body, flags, 1);
		buf_span(&body, take_span(&s->in, take_u8(&s->in)));
		put_le(&body, 0, 6);
		put_event(s, 162, buf_view(&body));
	}
	buf_free(&body);
}

static void
put_query(struct script *s, const char *front, struct span text)
{
	struct buf body = { 0 };

	put_le(&body, 1, 8);
	put_le(&body, 1, 1);
	put_le(&body, 0, 4);
	buf_put(&body, "d", 2);
	buf_str(&body, front);
	buf_span(&body, text);
	put_event(s, 2, buf_view(&body));
	buf_free(&body);
}

/* text u16 … */
static void
step_query(struct script *s)
{
	put_query(s, "", take_span(&s->in, take_u16(&s->in)));
}

/* which u8, name u8 … */
static void
step_control(struct script *s)
{
	static const char *const fronts[] = {
		"SAVEPOINT ", "ROLLBACK TO ", "BEGIN ", "COMMIT ", "ROLLBACK ",
		"XA END ", "XA COMMIT ", "XA ROLLBACK ", "RELEASE SAVEPOINT ",
		"CREATE TABLE t (", "ALTER TABLE t ", "DROP TABLE t,",
		"RENAME TABLE t TO ", "TRUNCATE TABLE ", "CREATE DATABASE ",
	};
	uint8_t which = take_u8(&s->in);

	put_query(s, fronts[which % (sizeof(fronts) / sizeof(*fronts))],
	    take_span(&s->in, take_u8(&s->in)));
}

/* The metadata that a type has, as far as it may not be just anything. */
static void
put_meta(struct buf *meta, uint8_t type, uint8_t what)
{
	const struct value_type *t = value_type(type);
	size_t n = t ? value_meta_bytes(t->meta) : 0;
	uint8_t two[2] = { what, (uint8_t)(what >> 6) };

	if (type == COLUMN_FLOAT || type == COLUMN_DOUBLE)
		two[0] = type == COLUMN_FLOAT ? 4 : 8;
	else if (type == COLUMN_NEWDECIMAL)
		two[0] = what % 65 + 1, two[1] = what % two[0];
	else if (type == COLUMN_BIT)
		two[0] = what % 8, two[1] = what % 8 + 1;
	else if (type == COLUMN_STRING && what & 1)
		two[0] = what & 2 ? COLUMN_ENUM : COLUMN_SET, two[1] = 1;
	else if (type == COLUMN_STRING)
		two[0] = COLUMN_STRING, two[1] = what;
	else
		two[0] = n == 1 ? what % 4 + 1 : what;
	buf_put(meta, two, n);
}

/* id u8, columns u8, (type u8, what u8) …, optional metadata u8 … */
static void
step_map(struct script *s)
{
	struct buf body = { 0 }, types = { 0 }, meta = { 0 };
	uint8_t id = take_u8(&s->in), n = take_u8(&s->in);

	for (uint8_t i = 0; i < n && cursor_left(&s->in) > 1; i++) {
		uint8_t type = take_u8(&s->in);

		put_meta(&meta, type, take_u8(&s->in));
		buf_char(&types, (char)type);
	}
	put_le(&body, id % 4, 6);
	put_le(&body, 1, 2);
	buf_put(&body, "\1d\0\1t\0", 6);
	if (types.n < 251 && meta.n < 251) {
		put_le(&body, types.n, 1);
		buf_span(&body, buf_view(&types));
		put_le(&body, meta.n, 1);
		buf_span(&body, buf_view(&meta));
	}
	for (size_t i = 0; i < (types.n + 7) / 8; i++)
		buf_char(&body, '\xFF');
	buf_span(&body, take_span(&s->in, take_u8(&s->in)));
	put_event(s, 19, buf_view(&body));
	buf_free(&body);
	buf_free(&types);
	buf_free(&meta);
}

static void
put_compressed(struct buf *body, struct span bytes)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(1);
	size_t most = libdeflate_zlib_compress_bound(c, bytes.n);

	put_le(body, 0x84, 1);
	for (int i = 3; i >= 0; i--)
		put_le(body, bytes.n >> 8 * i, 1);
	body->n += libdeflate_zlib_compress(c, bytes.p, bytes.n,
	    buf_room(body, most), most);
	libdeflate_free_compressor(c);
}

/* id u8, kind u8, columns u8, present bits …, images u16 … */
static void
step_rows(struct script *s)
{
	static const uint8_t types[] = { 23, 24, 25, 30, 31, 32, 166, 167, 168,
		169, 170, 171 };
	struct buf body = { 0 };
	uint8_t id = take_u8(&s->in);
	uint8_t type = types[take_u8(&s->in) % sizeof(types)];
	uint8_t n = take_u8(&s->in);
	const struct event_kind *t = event_kind(type);
	struct span images;

	put_le(&body, id % 4, 6);
	put_le(&body, 1, 2);
	if (t->version == 2)
		put_le(&body, 2, 2);
	put_le(&body, n % 251, 1);
	for (int sides = t->op == 'u' ? 2 : 1; sides > 0; sides--)
		buf_span(&body, take_span(&s->in, (n % 251u + 7) / 8));
	images = take_span(&s->in, take_u16(&s->in));
	if (t->compressed)
		put_compressed(&body, images);
	else
		buf_span(&body, images);
	put_event(s, type, buf_view(&body));
	buf_free(&body);
}

static void
step_xid(struct script *s)
{
	put_event(s, 16, SPAN("\1\0\0\0\0\0\0\0"));
}

/* bytes u8: the next event is in fragments of so many */
static void
step_fragment(struct script *s)
{
	s->fragment = take_u8(&s->in) + 1u;
}

static void run_step(struct script *s);

/* steps u8: they are events of a compressed payload */
static void
step_payload(struct script *s)
{
	struct buf inside = { 0 }, body = { 0 }, *outer = s->packed;
	uint8_t n = take_u8(&s->in);
	size_t most;

	if (++s->depth <= DEEPEST) {
		s->packed = &inside;
		for (uint8_t i = 0; i < n; i++)
			run_step(s);
		s->packed = outer;
		most = ZSTD_compressBound(inside.n);
		buf_put(&body, "\2\1\0\0", 4);
		body.n += ZSTD_compress(buf_room(&body, most), most,
		    inside.p, inside.n, 1);
		put_event(s, 40, buf_view(&body));
	}
	s->depth--;
	buf_free(&inside);
	buf_free(&body);
}

/* length u8: an xid that is prepared, or decided */
static void
step_prepare(struct script *s)
{
	struct buf body = { 0 };
	struct span name = take_span(&s->in, take_u8(&s->in) % 64);

	put_le(&body, 0, 1);
	put_le(&body, 1, 4);
	put_le(&body, name.n, 4);
	put_le(&body, 0, 4);
	buf_span(&body, name);
	put_event(s, 38, buf_view(&body));
	buf_free(&body);
}

static void
step_log(struct script *s)
{
	begin_log(s, take_u8(&s->in), 0);
}

static void
run_step(struct script *s)
{
	static void (*const steps[])(struct script *) = {
		step_raw, step_gtid, step_query, step_control, step_map,
		step_rows, step_xid, step_fragment, step_payload,
		step_prepare, step_log,
	};

	if (cursor_left(&s->in) > 0)
		steps[take_u8(&s->in) %
		    (sizeof(steps) / sizeof(*steps))](s);
}

/* A line is JSON, and a record with a place, or a control record. */
static void
judge(struct record *rec, const struct line *line, struct lines *in)
{
	struct err err = { 0 };
	struct span db, table;

	if (!json_utf8_valid(line->text) || !json_valid(line->text) ||
	    record_scan(rec, line, &err) < 0)
		abort();
	if (!record_is_control(rec) && (record_table(rec, &db, &table), !db.p))
		abort();
	record_replace(rec, rec->topic, SPAN("\"t\""));
	record_emit(rec, in);
}

static void
follow(struct progress *p, struct record *rec, struct err *err)
{
	if (!record_is_control(rec))
		progress_record(p, rec, err);
	else if (rec->kind == KIND_SCHEMA)
		progress_schema(p, rec, err);
	else
		progress_control(p, rec, err);
	progress_at_rest(p);
}

static void
read_back(int fd)
{
	static struct record rec;
	static struct lines in;
	struct progress p = { .keeps = true };
	struct err err = { 0 };
	off_t size = lseek(fd, 0, SEEK_END);
	size_t n = size < MOST_OUTPUT ? (size_t)size : 0;
	uint64_t number = 0;
	char *at;

	in.buf = xmalloc(n + 1);
	if (pread(fd, in.buf, n, 0) != (ssize_t)n)
		abort();
	in.buf[n] = '\n';
	for (at = in.buf; at < in.buf + n; number++) {
		char *end = memchr(at, '\n', (size_t)(in.buf + n - at) + 1);
		struct line line = { { at, (size_t)(end - at) }, number + 1,
			false };

		judge(&rec, &line, &in);
		if (!err.kind && record_scan(&rec, &line, &err) == 0)
			follow(&p, &rec, &err);
		at = end + 1;
	}
	lines_settle(&in);
	out_flush(&err);
	progress_clear(&p);
	free(in.buf);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	struct script s = { .in = cursor_of(data, size) };
	uint8_t choice = take_u8(&s.in), more = take_u8(&s.in);
	struct file_options files = { .verify = true,
		.hold = more & CHOOSE_TINY_HOLD ? 64 : 1 << 20 };

	if (fd < 0 && (fd = memfd_create("out", MFD_CLOEXEC)) < 0)
		abort();
	dup2(fd, STDOUT_FILENO);
	if (ftruncate(fd, 0) < 0)
		abort();
	lseek(fd, 0, SEEK_SET);
	s.mysql = choice & FUZZ_MYSQL;
	s.checksum = choice & CHOOSE_CHECKSUM;
	begin_log(&s, choice, more);
	while (cursor_left(&s.in) > 0)
		run_step(&s);
	fuzz_print(fuzz_file((const uint8_t *)s.log.p, s.log.n), &files,
	    choice, more & CHOOSE_QUERY);
	read_back(fd);
	buf_free(&s.log);
	return 0;
}
