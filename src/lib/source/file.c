/* SPDX-License-Identifier: MIT
 *
 * A log is its magic and its events, to the end of the input or to the next
 * magic.  It may end in the middle of an event where its server still writes
 * it or died: what is whole is given, what is not is reported.
 */
#include "source/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/log.h"
#include "binlog/events.h"
#include "source/next_log.h"
#include "source/tape.h"
#include "io/stop.h"

enum {
	END_LOG_POS = 13, ROTATE_POS = 8, FORMAT_MAX = 1024,
};

struct binlog_files {
	struct binlog_source src;
	char *const *paths;
	size_t npaths, next_path;
	const struct file_options *opt;
	char *followed, *found; /* paths that are in no list: of the log in
	                         * hand, of the next one; owned */

	bool open;              /* the tape is */
	struct tape tape;
	uint64_t log;           /* offset of the log's magic */
	uint64_t at;            /* offset of the next event */
	const char *path;       /* src.path */
	char *name;             /* src.file: owned */
	bool true_name;         /* it is what the server calls the log */
	char *rotated_to;       /* from the last ROTATE event: owned */
};

static struct binlog_files *
files_of(struct binlog_source *src)
{
	return (struct binlog_files *)src;
}

static const struct file_kind {
	unsigned char magic[LOG_START];
	const char *what, *hint;
} kinds[] = {
	{ { 0xFD, 'b', 'i', 'n' }, "an encrypted MySQL binlog",
	    "read it from the server, which sends it decrypted" },
	{ { 0xFE, 0xFE, 0x0D, 0x01 }, "an InnoDB-engine binlog (.ibb)",
	    "read it from the server, by GTID" },
	{ { 0x28, 0xB5, 0x2F, 0xFD }, "compressed by zstd",
	    "zstdcat FILE | cdc-tail -" },
	{ { 0x1F, 0x8B, 0x08, 0x00 }, "compressed by gzip",
	    "zcat FILE | cdc-tail -" },
	{ { 0x1F, 0x8B, 0x08, 0x08 }, "compressed by gzip",
	    "zcat FILE | cdc-tail -" },
};

static const unsigned char binlog_magic[LOG_START] = { 0xFE, 'b', 'i', 'n' };

static int
wrong_kind(const uint8_t *magic, struct err *err)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (memcmp(magic, kinds[i].magic, LOG_START) != 0)
			continue;
		err_set(err, ERR_DATA, "not a binlog: it is %s",
		    kinds[i].what);
		return err_hint(err, "%s", kinds[i].hint);
	}
	return err_set(err, ERR_DATA,
	    "not a binlog: it begins with %02x%02x%02x%02x, not fe62696e",
	    magic[0], magic[1], magic[2], magic[3]);
}

static void
set_name(struct binlog_files *f, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = xstrdup(slash && slash[1] ? slash + 1 : path);

	free(f->name);
	f->name = name;
	f->src.file = name;
	f->true_name = false;
}

/*
 * A BINLOG_CHECKPOINT (length u32, name) names a log that recovery needs:
 * this one or an older one, so its base name is ours, and our number is that
 * of the file's name.  A log that was copied to another name is known by its
 * own again.
 */
static void
learn_name(struct binlog_files *f, const struct binlog_event *ev)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	struct span name = take_span(&in, take_u32(&in));
	const char *number = strrchr(f->name, '.');
	const char *dot = name.p ? memrchr(name.p, '.', name.n) : NULL;
	struct buf made = { 0 };

	if (f->true_name || !number || !number[1] || !dot ||
	    number[1 + strspn(number + 1, "0123456789")])
		return;
	buf_put(&made, name.p, (size_t)(dot - name.p));
	buf_str(&made, number);
	set_name(f, buf_cstr(&made));
	f->true_name = true;
	buf_free(&made);
}

static int
call_idle(void *arg, struct err *err)
{
	struct binlog_files *f = arg;

	return f->src.idle ? f->src.idle(f->src.idle_arg, err) : 0;
}

/* Open the next path.  1, 0 if there is none, -1. */
static int
open_next(struct binlog_files *f, struct err *err)
{
	const char *path = f->found;
	char *old = f->followed;
	int fd = STDIN_FILENO;

	if (f->next_path < f->npaths)
		path = f->paths[f->next_path++];
	if (!path)
		return 0;
	if (strcmp(path, "-") != 0)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(err, errno == ENOENT ? ERR_CONFIG : ERR_IO,
		    "cannot open %s", path);
	if (f->open)
		tape_close(&f->tape);
	tape_open(&f->tape, fd, f->opt->hold);
	f->tape.idle = call_idle;
	f->tape.idle_arg = f;
	f->open = true;
	f->at = 0;
	f->path = f->src.path = path;
	f->followed = f->found;
	f->found = NULL;
	free(old);
	set_name(f, path);
	free(f->rotated_to);
	f->rotated_to = NULL;
	return 1;
}

/* The last file's end: wait for more of it, or for the file after it.  1:
 * look again; 0: stop, or nothing to wait for; -1. */
static int
wait_for_more(struct binlog_files *f, struct err *err)
{
	enum { STEP_MS = 100 };
	char *next;
	bool there;

	if (!f->opt->follow || !f->tape.regular || f->next_path < f->npaths)
		return 0;
	if (call_idle(f, err) < 0)
		return -1;
	next = next_log_next(f->path, f->rotated_to);
	there = next && next_log_exists(next);
	if (tape_grew(&f->tape)) {
		free(next);
		return 1;
	}
	if (there) {            /* and this one is finished: it was there
				 * before we looked for more */
		f->found = next;
		return 0;
	}
	free(next);
	stop_sleep(STEP_MS);
	f->tape.eof = false;
	return !stop_requested();
}

/* Over the magic at the front of an input.  1, 0 stop, -1. */
static int
begin_input(struct binlog_files *f, struct err *err)
{
	const uint8_t *p;
	int got;

	do
		got = tape_read(&f->tape, 0, LOG_START, &p, err);
	while (got == 0 && wait_for_more(f, err) > 0);
	if (got == 0 && !stop_requested())
		return err_set(err, ERR_DATA,
		    "%s: not a binlog: its size is only %zu", f->path,
		    tape_left(&f->tape, 0));
	if (got <= 0)
		return got < 0 ? err_wrap(err, "%s", f->path) : 0;
	if (memcmp(p, binlog_magic, LOG_START) != 0) {
		wrong_kind(p, err);
		return err_wrap(err, "%s", f->path);
	}
	f->log = 0;
	f->at = LOG_START;
	return 1;
}

/*
 * Does a new log begin at the event boundary f->at?  Its magic could be the
 * timestamp of an event (in 2028, for one second), so the FORMAT_DESCRIPTION
 * after it must look like one.
 */
static bool
log_begins(const uint8_t *p)
{
	uint64_t size = load_le(p + LOG_START + 9, 4);

	return memcmp(p, binlog_magic, LOG_START) == 0 &&
	    p[LOG_START + 4] == EVENT_FORMAT_DESCRIPTION &&
	    size > EVENT_HEADER &&
	    size < FORMAT_MAX;
}

static void
begin_log(struct binlog_files *f)
{
	f->log = f->at;
	f->at += LOG_START;
	set_name(f, f->rotated_to ? f->rotated_to : f->name);
}

static int
where(struct binlog_files *f, struct err *err)
{
	return err_wrap(err, "%s:%" PRIu64, f->path, f->at - f->log);
}

/* The input ends inside an event: fine in a log that is not closed. */
static int
cut_short(struct binlog_files *f, struct err *err)
{
	uint64_t pos = f->at - f->log;

	f->src.more = f->next_path < f->npaths;
	if (!f->src.format.in_use) {
		err_set(err, ERR_DATA, "the log ends inside an event, though "
		    "its server closed it");
		return err_hint(err, "the file is damaged or incomplete; copy "
		    "it again");
	}
	log_warn("%s:%" PRIu64 ": the log ends inside an event, as it does "
	    "while it is written or after a crash", f->path, pos);
	f->at += tape_left(&f->tape, f->at);
	return 0;
}

static int
remember_rotate(struct binlog_files *f, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	struct span name;

	take(&in, ROTATE_POS);
	name = take_span(&in, cursor_left(&in));
	if (in.bad || !name.n)
		return 0;
	free(f->rotated_to);
	f->rotated_to = xmemdup(name.p, name.n);
	if (next_log_is_name(f->rotated_to))
		return 0;
	return err_set(err, ERR_DATA, "a ROTATE event names '%.100s', which "
	    "is not a file next to this one", f->rotated_to);
}

/* Take off header and checksum. */
static int
frame(struct binlog_files *f, const uint8_t *raw, struct binlog_event *ev,
    bool verify, struct err *err)
{
	const struct binlog_format *format = &f->src.format;
	size_t tail = format->checksum ? EVENT_CHECKSUM : 0;

	if (ev->size < (size_t)format->header_n + tail)
		return err_set(err, ERR_DATA,
		    "event of type %u has only %u bytes", ev->type, ev->size);
	if (tail && verify && !format_checksum_good(raw, ev->size)) {
		err_set(err, ERR_DATA, "%s event of %u bytes has a wrong "
		    "checksum", event_kind(ev->type)->name, ev->size);
		return err_hint(err, "the file is damaged; copy it again, or "
		    "--no-verify-checksum to read on at your own risk");
	}
	ev->body = raw + format->header_n;
	ev->body_n = ev->size - format->header_n - tail;
	return 0;
}

/* Behind that of its own server, a relay log has the FORMAT_DESCRIPTION of the
 * source's logs, whose offsets its events carry. */
static int
relay_log(struct err *err)
{
	err_set(err, ERR_DATA, "a relay log: its positions are those of its "
	    "source's logs, and its ends are not those of transactions");
	return err_hint(err, "read the source's binlogs, or those of this "
	    "replica (log_slave_updates=ON)");
}

/* An event that was cut out, or is there twice, leaves its mark in the ends
 * that the others tell.  Without checksums those of old servers are not to be
 * trusted; 0 inside transactions since 11.4. */
static int
check_end(const struct binlog_files *f, const uint8_t *raw,
    const struct binlog_event *ev, struct err *err)
{
	uint32_t end = (uint32_t)load_le(raw + END_LOG_POS, 4);

	if (!f->src.format.checksum || !end ||
	    end == (uint32_t)(ev->pos + ev->size))
		return 0;
	err_set(err, ERR_DATA, "%s event says that it ends at %u, and not at %"
	    PRIu64, event_kind(ev->type)->name, end, ev->pos + ev->size);
	return err_hint(err, "events before it are missing or duplicated; "
	    "copy the file again, or --no-verify-checksum to read on at your "
	    "own risk");
}

/* The event at f->at, whose header is ev's.  1, 0 cut short, -1. */
static int
take_event(struct binlog_files *f, struct binlog_event *ev, struct err *err)
{
	const uint8_t *raw;
	int got;

	if (ev->size < EVENT_HEADER) {
		err_set(err, ERR_DATA, "an event header says %u bytes",
		    ev->size);
		return err_hint(err, "the file is damaged, or encrypted");
	}
	do
		got = tape_read(&f->tape, f->at, ev->size, &raw, err);
	while (got == 0 && wait_for_more(f, err) > 0);
	if (got == 0 && !stop_requested())
		return cut_short(f, err);
	if (got <= 0)
		return got;
	if (ev->type == EVENT_FORMAT_DESCRIPTION && ev->pos != LOG_START)
		return relay_log(err);
	if (ev->type == EVENT_FORMAT_DESCRIPTION &&
	    format_parse(&f->src.format, raw, ev->size, false, err) < 0)
		return -1;
	if (!f->src.format.header_n && ev->type == EVENT_START_V3)
		return err_set(err, ERR_DATA, "binlog version 1 or 3 (MySQL "
		    "3.23 to 4.1): only version 4 is read");
	if (!f->src.format.header_n)
		return err_set(err, ERR_DATA,
		    "the log does not begin with a FORMAT_DESCRIPTION event");
	if (frame(f, raw, ev, f->opt->verify &&
	    ev->type != EVENT_FORMAT_DESCRIPTION, err) < 0)
		return -1;
	if (f->opt->verify && check_end(f, raw, ev, err) < 0)
		return -1;
	if (event_kind(ev->type)->role == ROLE_ROTATE &&
	    remember_rotate(f, ev, err) < 0)
		return -1;
	if (ev->type == EVENT_BINLOG_CHECKPOINT)
		learn_name(f, ev);
	f->at += ev->size;
	return 1;
}

/* 0 if its watcher has seen enough. */
static int
watch(struct binlog_source *src, const struct binlog_event *ev,
    struct err *err)
{
	int got = src->watch(src->watch_arg, src, ev, err);

	return got < 0 ? -1 : got == 0;
}

static int
files_next(struct binlog_source *src, struct binlog_event *ev,
    struct err *err)
{
	struct binlog_files *f = files_of(src);
	const uint8_t *p;
	int got;

	for (;;) {
		if (!f->open || (f->tape.eof &&
		    tape_left(&f->tape, f->at) == 0)) {
			got = open_next(f, err);
			if (got <= 0)
				return got;
			got = begin_input(f, err);
			if (got <= 0)
				return got;
		}
		src->more = f->next_path < f->npaths;
		got = tape_read(&f->tape, f->at, LOG_START + EVENT_HEADER, &p,
		    err);
		if (got > 0 && log_begins(p)) {
			begin_log(f);
			continue;
		}
		if (got == 0)
			got = tape_read(&f->tape, f->at, EVENT_HEADER, &p,
			    err);
		if (got == 0 && (got = wait_for_more(f, err)) > 0)
			continue;
		if (got == 0 && stop_requested())
			return 0;
		if (got == 0) {
			if (tape_left(&f->tape, f->at) > 0 &&
			    cut_short(f, err) < 0)
				return -1;
			continue;
		}
		if (got < 0)
			return where(f, err);
		format_event_header(ev, p);
		ev->pos = f->at - f->log;
		got = take_event(f, ev, err);
		if (got < 0)
			return where(f, err);
		if (got > 0 || stop_requested())
			return got > 0 && src->watch ? watch(src, ev, err) :
			    got;
	}
}

static int
files_mark(struct binlog_source *src, const struct binlog_event *ev,
    struct err *err)
{
	struct binlog_files *f = files_of(src);

	(void)err;              /* they are in the file */
	tape_mark(&f->tape, f->log + ev->pos);
	return 0;
}

static int
files_replay(struct binlog_source *src, uint64_t pos,
    struct binlog_event *ev, struct err *err)
{
	struct binlog_files *f = files_of(src);
	const uint8_t *raw;

	if (tape_again(&f->tape, f->log + pos, EVENT_HEADER, &raw, err) < 0)
		return where(f, err);
	format_event_header(ev, raw);
	ev->pos = pos;
	if (tape_again(&f->tape, f->log + pos, ev->size, &raw, err) < 0)
		return where(f, err);
	return frame(f, raw, ev, false, err);
}

static void
files_release(struct binlog_source *src)
{
	tape_release(&files_of(src)->tape);
}

struct binlog_source *
source_files_new(char *const *paths, size_t n,
    const struct file_options *opt)
{
	struct binlog_files *f = xcalloc(1, sizeof(*f));

	f->src.next = files_next;
	f->src.mark = files_mark;
	f->src.replay = files_replay;
	f->src.release = files_release;
	f->paths = paths;
	f->npaths = n;
	f->opt = opt;
	return &f->src;
}

void
source_files_free(struct binlog_source *src)
{
	struct binlog_files *f = files_of(src);

	if (f->open)
		tape_close(&f->tape);
	free(f->name);
	free(f->rotated_to);
	free(f->followed);
	free(f->found);
	free(f);
}
