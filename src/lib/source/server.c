/* SPDX-License-Identifier: MIT */
#include "source/server.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "binlog/events.h"
#include "base/spill.h"
#include "source/gtid_pos.h"
#include "source/sessions.h"
#include "db/errors.h"
#include "db/query.h"
#include "io/stop.h"

enum {
	CAPABILITY_GTID = 4, SEND_ANNOTATE = 2, ROTATE_POS = 8,
	READ_SLACK_S = 30, WRITE_TIMEOUT_S = 3600, SIDE_TIMEOUT_S = 30,
	RANDOM_IDS = 1u << 31, HEARTBEAT_MS = 10000,
};

struct binlog_server {
	struct binlog_source src;
	struct db *db;
	const struct server_options *opt;
	uint32_t id;
	bool dumping;           /* the stream is open */
	bool begun;             /* it was, once */
	bool new_id;            /* a random id was changed already */
	uint64_t failures;      /* since something was read whole … */
	char *failed_at;        /* … what was done at the last of them */
	char *name;             /* src.file: owned */
	char *host;             /* owned */
	struct buf path;        /* src.path: "HOST: LOG" */
	uint64_t at;            /* offset of the next event */
	char *place;            /* by_place: the log … (owned, or NULL) */
	uint64_t place_pos;     /* … and offset after what was given whole */
	const uint8_t *raw;     /* the event in hand */
	size_t raw_n;
	bool marked;
	uint64_t mark;
	struct spill hold;
};

static struct binlog_server *
server_of(struct binlog_source *src)
{
	return (struct binlog_server *)src;
}

/* Above all ids that people choose. */
static uint32_t
random_id(void)
{
	uint32_t id = 0;

	while (id < RANDOM_IDS || id == UINT32_MAX)
		id = (uint32_t)random_u64();
	return id;
}

/* How often an idle server says that it is there: at least as often as we say
 * it, and often enough to miss it soon. */
static int64_t
heartbeat_ms(const struct server_options *opt)
{
	return opt->heartbeat_ms && opt->heartbeat_ms < HEARTBEAT_MS ?
	    opt->heartbeat_ms : HEARTBEAT_MS;
}

int
source_server_timeout(const struct server_options *opt)
{
	return (int)(2 * heartbeat_ms(opt) / 1000) + READ_SLACK_S;
}

/* The server looks for a GTID by its number; where those do not grow it may
 * find another place than ours. */
static bool
knows_place(struct binlog_server *s)
{
	return s->opt->by_place && s->place && gtid_pos_is(s->db, s->src.done,
	    s->place, s->place_pos);
}

/* Where to go on after the connection is lost. */
static void
remember_place(struct binlog_server *s)
{
	if (!*s->name)
		return;
	free(s->place);
	s->place = xstrdup(s->name);
	s->place_pos = s->marked ? s->mark : s->at;
}

/* Everything that the server has to know of us. */
static int
introduce(struct binlog_server *s, bool by_place, struct err *err)
{
	struct buf gtids = { 0 };
	int status;

	if (!by_place)
		gtid_list_print(s->src.done, &gtids);
	status = db_execute(s->db, err, SQL("SET @master_binlog_checksum="
	    "@@global.binlog_checksum, @mariadb_slave_capability="),
	    SQL_NUMBER(CAPABILITY_GTID), SQL(", @master_heartbeat_period="),
	    SQL_SIGNED(heartbeat_ms(s->opt) * 1000000),
	    SQL(", @slave_connect_state="), by_place ? SQL("NULL") :
	    SQL_TEXT(buf_view(&gtids)),
	    SQL(", @slave_gtid_strict_mode=0, net_write_timeout="),
	    SQL_NUMBER(WRITE_TIMEOUT_S));
	buf_free(&gtids);
	return status;
}

/* Another host continues our stream only if its GTIDs are the same. */
static int
check_host(struct binlog_server *s, struct err *err)
{
	static const struct {
		struct sql_part sql;
		const char *why;
	} wrong[] = {
		{ SQL_INIT("SELECT 1 FROM information_schema.GLOBAL_VARIABLES "
		    "WHERE VARIABLE_NAME='LOG_BIN' AND VARIABLE_VALUE='OFF'"),
		    "it writes no binlog (log_bin=OFF)" },
		{ SQL_INIT("SELECT 1 FROM information_schema.GLOBAL_VARIABLES "
		    "a, information_schema.GLOBAL_VARIABLES b WHERE "
		    "a.VARIABLE_NAME='WSREP_ON' AND a.VARIABLE_VALUE='ON' AND "
		    "b.VARIABLE_NAME='WSREP_GTID_MODE' AND "
		    "b.VARIABLE_VALUE='OFF'"),
		    "its GTIDs are its own (wsrep_gtid_mode=OFF)" },
		{ SQL_INIT("SELECT 1 FROM information_schema.GLOBAL_VARIABLES "
		    "WHERE VARIABLE_NAME='LOG_SLAVE_UPDATES' AND "
		    "VARIABLE_VALUE='OFF' AND @@gtid_slave_pos<>''"),
		    "it is a replica that does not log what it applies "
		    "(log_slave_updates=OFF)" },
	};
	size_t n = s->begun && db_hosts(s->db) > 1 ? 3 : 1;

	for (size_t i = 0; i < n; i++) {
		char *found = db_value(s->db, err, wrong[i].sql);

		free(found);
		if (err->kind)
			return -1;
		if (found)
			return err_set(err, ERR_CONFIG, "%s: %s",
			    db_name(s->db), wrong[i].why);
	}
	return 0;
}

/* pos u32 | flags u16 | server id u32 | file; GTIDs overrule pos and file. */
static int
ask(struct binlog_server *s, bool by_place, struct err *err)
{
	uint64_t pos = by_place ? s->place_pos : LOG_START;
	struct buf request = { 0 };
	int status;

	buf_le(&request, pos, 4);
	buf_le(&request, SEND_ANNOTATE, 2);
	buf_le(&request, s->id, 4);
	if (by_place)
		buf_str(&request, s->place);
	status = db_dump(s->db, (const uint8_t *)request.p, request.n, err);
	buf_free(&request);
	return status;
}

static int
dump(struct binlog_server *s, struct err *err)
{
	bool by_place = check_host(s, err) == 0 && knows_place(s);

	if (err->kind || introduce(s, by_place, err) < 0 ||
	    ask(s, by_place, err) < 0)
		return -1;
	if (by_place)
		s->at = s->place_pos;
	free(s->host);
	s->host = xstrdup(db_name(s->db));
	s->src.path = s->host;
	s->dumping = true;
	log_note("%s: reading as server id %u", s->host, s->id);
	return 0;
}

static void
hang_up(struct binlog_server *s)
{
	db_close(s->db);
	s->dumping = false;
}

/* What the server does have, for a position that it has purged. */
static void
hint_purged(struct binlog_server *s, struct err *err)
{
	struct gtid_list oldest = { 0 };
	struct buf text = { 0 };
	struct db *side = db_twin(s->db);
	struct err other = { 0 };

	if (db_connect(side, SIDE_TIMEOUT_S, &other) == 0 &&
	    gtid_pos_earliest(side, &oldest, &other) == 0) {
		gtid_list_print(&oldest, &text);
		err_hint(err, "the oldest log that it has begins after %s: "
		    "take a snapshot again, or read the archived files first "
		    "(cdc-tail --state FILE archive/*)",
		    text.n ? buf_cstr(&text) : "nothing");
	} else {
		err_hint(err, "take a snapshot again, or read the archived "
		    "files first (cdc-tail --state FILE archive/*)");
	}
	db_free(side);
	gtid_list_clear(&oldest);
	buf_free(&text);
}

/* What the server's refusal means, and what to do. */
static void
explain(struct binlog_server *s, struct err *err)
{
	static const struct {
		unsigned number;
		const char *text, *hint;        /* NULL: hint_purged() */
	} known[] = {
		{ ER_MASTER_FATAL_ERROR_READING_BINLOG,
		    "Could not find GTID state", NULL },
		{ ER_MASTER_FATAL_ERROR_READING_BINLOG,
		    "not in the master's binlog",
		    "the server does not know this position: this is another "
		    "server, or it was restored; take a snapshot again" },
		{ ER_MASTER_FATAL_ERROR_READING_BINLOG, "missing the GTID",
		    "the server does not know this position: this is another "
		    "server, or it was restored; take a snapshot again" },
		{ ER_MASTER_FATAL_ERROR_READING_BINLOG, "log is not open",
		    "set log_bin on the server" },
		{ ER_SPECIFIC_ACCESS_DENIED_ERROR, "",
		    "GRANT REPLICATION SLAVE ON *.* TO the account" },
		{ ER_ACCESS_DENIED_ERROR, "", "check user and password; "
		    "--print-grants of cdc-check says what the account needs" },
		{ ER_SLAVE_SAME_ID, "", "another program reads with the same "
		    "--server-id; choose one of its own" },
		{ ER_MASTER_FATAL_ERROR_READING_BINLOG, "running",
		    "another program reads with the same --server-id; "
		    "choose one of its own" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (db_errno(s->db) == known[i].number &&
		    strstr(err->text, known[i].text)) {
			if (known[i].hint)
				err_hint(err, "%s", known[i].hint);
			else
				hint_purged(s, err);
			return;
		}
}

static bool
may_pass(const struct err *err)
{
	return err->kind == ERR_UNAVAILABLE || err->kind == ERR_RETRY;
}

static bool
is_same_id(const struct binlog_server *s, const struct err *err)
{
	return db_errno(s->db) == ER_SLAVE_SAME_ID ||
	    (db_errno(s->db) == ER_MASTER_FATAL_ERROR_READING_BINLOG &&
	    strstr(err->text, "running"));
}

/* A stream that ends inside the same group each time is as good as none. */
static void
count_failure(struct binlog_server *s)
{
	struct buf done = { 0 };

	gtid_list_print(s->src.done, &done);
	if (!s->failed_at || strcmp(s->failed_at, buf_cstr(&done)) != 0)
		s->failures = 0;
	free(s->failed_at);
	s->failed_at = done.p;
}

/* May the failure be tried again?  Then it is forgotten, and said. */
static bool
may_retry(struct binlog_server *s, struct err *err)
{
	count_failure(s);
	if (is_same_id(s, err) && !s->opt->server_id && !s->new_id) {
		s->new_id = true;
		s->id = random_id();
	} else if (!may_pass(err) || s->failures >= s->opt->retry.times) {
		explain(s, err);
		return false;
	}
	s->failures++;
	log_warn("%s; retrying (%" PRIu64 " of %" PRIu64 ")", err->text,
	    s->failures, s->opt->retry.times);
	err_clear(err);
	return true;
}

/* Until the stream is open again.  1, 0 stop, -1. */
static int
reconnect(struct binlog_server *s, struct err *err)
{
	remember_place(s);
	for (;;) {
		hang_up(s);
		if (stop_requested()) {
			err_clear(err);
			return 0;
		}
		if (!may_retry(s, err))
			return -1;
		stop_back_off(&s->opt->retry, s->failures);
		if (db_connect(s->db, source_server_timeout(s->opt),
		    err) < 0)
			continue;
		sessions_look(&s->src, s->db);
		if (dump(s, err) == 0)
			return 1;
	}
}

/* A stream names each log in an artificial ROTATE, which has a checksum or
 * has none, whatever the log's are. */
static void
rotate(struct binlog_server *s, const struct binlog_event *ev)
{
	size_t n = s->raw_n;
	uint64_t at;

	if (format_checksum_good(s->raw, n))
		n -= EVENT_CHECKSUM;
	if (n < EVENT_HEADER + ROTATE_POS)
		return;
	at = load_le(s->raw + EVENT_HEADER, ROTATE_POS);
	if (ev->flags & EVENT_FLAG_ARTIFICIAL)
		s->at = at;
	free(s->name);
	s->name = xmemdup(s->raw + EVENT_HEADER + ROTATE_POS,
	    n - EVENT_HEADER - ROTATE_POS);
	s->src.file = s->name;
	s->path.n = 0;
	buf_printf(&s->path, "%s: %s", s->host, s->name);
	s->src.path = buf_cstr(&s->path);
}

/* Offsets are 32 bits in a header, and 0 if the server does not know
 * better: inside a group they are summed. */
static void
place(struct binlog_server *s, struct binlog_event *ev)
{
	uint32_t end = (uint32_t)load_le(s->raw + 13, 4);
	uint64_t high = s->at & ~(uint64_t)UINT32_MAX;

	if (!s->marked && end != 0 && !(ev->flags & EVENT_FLAG_ARTIFICIAL)) {
		if (high + end < s->at)
			high += (uint64_t)1 << 32;
		s->at = high + end - ev->size;
	}
	ev->pos = s->at;
	if (end != 0 || s->marked)
		s->at += ev->size;
}

static int
frame(struct binlog_server *s, struct binlog_event *ev, struct err *err)
{
	const struct binlog_format *format = &s->src.format;
	size_t tail;

	if (ev->type == EVENT_FORMAT_DESCRIPTION &&
	    format_parse(&s->src.format, s->raw, s->raw_n, true, err) < 0)
		return -1;
	if (!format->header_n)
		return err_set(err, ERR_DATA, "the stream does not begin with "
		    "a FORMAT_DESCRIPTION event");
	tail = format->checksum ? EVENT_CHECKSUM : 0;
	if (s->raw_n != ev->size || s->raw_n < format->header_n + tail)
		return err_set(err, ERR_DATA, "event of %u bytes in a packet "
		    "of %zu", ev->size, s->raw_n);
	if (tail && s->opt->verify && ev->type != EVENT_FORMAT_DESCRIPTION &&
	    !format_checksum_good(s->raw, s->raw_n))
		return err_set(err, ERR_DATA, "%s event of %u bytes has a "
		    "wrong checksum", event_kind(ev->type)->name, ev->size);
	ev->body = s->raw + format->header_n;
	ev->body_n = s->raw_n - format->header_n - tail;
	return 1;
}

/* Tell our caller before a wait, and meanwhile as often as it wants.  A server
 * that is silent longer than its heartbeats is db_packet()'s, which gives up in
 * time. */
static int
wait_for_packet(struct binlog_server *s, struct err *err)
{
	int64_t step, until;

	if (db_pending(s->db) || stop_wait_readable(db_fd(s->db), 0))
		return 0;
	step = s->src.idle_ms ? s->src.idle_ms : heartbeat_ms(s->opt);
	until = clock_steady_ms() + heartbeat_ms(s->opt);
	do {
		int got = s->src.idle ? s->src.idle(s->src.idle_arg, err) : 0;

		if (got != 0)
			return got;
	} while (!stop_wait_readable(db_fd(s->db), (int)step) &&
	    !stop_requested() && clock_steady_ms() < until);
	return 0;
}

/* One packet: 1; 0 stop, or the server ended the stream; -1. */
static int
receive(struct binlog_server *s, struct binlog_event *ev, struct err *err)
{
	int got = wait_for_packet(s, err);

	if (got != 0)
		return got < 0 ? -1 : 0;
	if (stop_requested())
		return 0;
	got = db_packet(s->db, &s->raw, &s->raw_n, err);
	if (stop_requested()) {
		err_clear(err);
		return 0;
	}
	if (got == 0)
		return err_set(err, ERR_UNAVAILABLE, "%s: the server ended "
		    "the stream", s->host);
	if (got > 0 && s->raw_n < EVENT_HEADER)
		return err_set(err, ERR_DATA, "a packet of %zu bytes",
		    s->raw_n);
	if (got > 0)
		format_event_header(ev, s->raw);
	return got;
}

/* The next event of the log.  1, 0 stop, -1. */
static int
next_logged(struct binlog_server *s, struct binlog_event *ev,
    struct err *err)
{
	for (;;) {
		int got = receive(s, ev, err);
		bool artificial = ev->flags & EVENT_FLAG_ARTIFICIAL;

		if (got <= 0)
			return got;
		s->begun = true;
		if (ev->type == EVENT_HEARTBEAT) {
			s->failures = 0;        /* there is no more */
			continue;
		}
		if (event_kind(ev->type)->role == ROLE_ROTATE) {
			rotate(s, ev);
			continue;
		}
		if (artificial && ev->type != EVENT_FORMAT_DESCRIPTION)
			continue;
		place(s, ev);
		got = frame(s, ev, err);
		return got < 0 ? err_wrap(err, "%s: %s:%" PRIu64, s->host,
		    s->name, ev->pos) : 1;
	}
}

static int
server_next(struct binlog_source *src, struct binlog_event *ev,
    struct err *err)
{
	struct binlog_server *s = server_of(src);
	int got;

	if (!s->dumping && dump(s, err) < 0) {
		got = reconnect(s, err);
		if (got <= 0)
			return got;
	}
	got = next_logged(s, ev, err);
	if (got > 0 && s->marked &&
	    spill_add(&s->hold, s->raw, s->raw_n, err) < 0)
		return -1;
	if (got >= 0 || (!may_pass(err) && !is_same_id(s, err))) {
		if (got < 0)
			explain(s, err);
		return got;
	}
	got = reconnect(s, err);
	return got > 0 ? SOURCE_ANEW : got;
}

static int
server_mark(struct binlog_source *src, const struct binlog_event *ev,
    struct err *err)
{
	struct binlog_server *s = server_of(src);

	spill_clear(&s->hold);
	s->marked = true;
	s->mark = ev->pos;
	s->at = ev->pos + ev->size;
	return spill_add(&s->hold, s->raw, s->raw_n, err);
}

static int
server_replay(struct binlog_source *src, uint64_t pos,
    struct binlog_event *ev, struct err *err)
{
	struct binlog_server *s = server_of(src);
	const struct binlog_format *format = &s->src.format;
	const uint8_t *raw;

	if (spill_read(&s->hold, pos - s->mark, EVENT_HEADER, &raw, err) < 0)
		return -1;
	format_event_header(ev, raw);
	if (spill_read(&s->hold, pos - s->mark, ev->size, &raw, err) < 0)
		return -1;
	ev->pos = pos;
	ev->body = raw + format->header_n;
	ev->body_n = ev->size - format->header_n -
	    (format->checksum ? EVENT_CHECKSUM : 0);
	return 0;
}

static void
server_release(struct binlog_source *src)
{
	struct binlog_server *s = server_of(src);

	s->marked = false;
	spill_clear(&s->hold);
}

struct binlog_source *
source_server_new(struct db *db, const struct server_options *opt)
{
	struct binlog_server *s = xcalloc(1, sizeof(*s));

	s->src.next = server_next;
	s->src.mark = server_mark;
	s->src.replay = server_replay;
	s->src.release = server_release;
	s->src.live = true;
	s->db = db;
	s->opt = opt;
	s->id = opt->server_id ? opt->server_id : random_id();
	if (opt->file && *opt->file) {
		s->place = xstrdup(opt->file);
		s->place_pos = opt->pos;
	}
	s->name = xstrdup("");
	s->src.file = s->name;
	s->host = xstrdup(db_name(db));
	s->src.path = s->host;
	spill_open(&s->hold, opt->hold);
	sessions_look(&s->src, s->db);
	return &s->src;
}

void
source_server_free(struct binlog_source *src)
{
	struct binlog_server *s = server_of(src);

	hang_up(s);
	spill_close(&s->hold);
	buf_free(&s->path);
	free(s->name);
	free(s->place);
	free(s->host);
	free(s->failed_at);
	free(s);
}
