/* SPDX-License-Identifier: MIT */
#include "check/standing.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/integer.h"
#include "base/log.h"
#include "binlog/events.h"
#include "source/gtid_pos.h"
#include "source/server.h"
#include "db/query.h"

/* A state against what the server has. */
struct standing {
	struct gtid_list oldest, now;
	struct behind behind;
	bool known;             /* the transactions and seconds */
	const char *wrong;      /* NULL: the reader can go on */
	const char *fix;
};

static const char other_server[] = "check the server that the state is of (-h "
    "HOST), or take a new snapshot";

static void
place_domain(struct standing *s, const struct gtid *now,
    const struct gtid_list *done)
{
	const struct gtid *at = gtid_list_find(done, now->domain);
	const struct gtid *oldest = gtid_list_find(&s->oldest, now->domain);
	uint64_t seq = at ? at->seq : 0;

	if (seq > now->seq) {
		s->wrong = "the server does not have this position: it was "
		    "restored, or is another server";
		s->fix = other_server;
		s->known = false;
		return;
	}
	s->behind.transactions += now->seq - seq;
	if (oldest && seq < oldest->seq) {
		s->wrong = "the log that comes next was purged";
		s->fix = "take a new snapshot: cdc-snapshot --mode "
		    "when_needed --state FILE";
		s->behind.purged = true;
	}
}

/* What the server never had comes from another one. */
static void
find_strangers(struct standing *s, const struct gtid_list *done)
{
	for (size_t i = 0; i < done->n; i++)
		if (done->v[i].seq && !gtid_list_find(&s->now,
		    done->v[i].domain)) {
			s->wrong = "the server does not have a domain of "
			    "this position, which is of another server";
			s->fix = other_server;
			s->known = false;
		}
}

/* When the first transaction of a stream was made; 0: there is none. */
static int
first_time(struct binlog_source *src, uint32_t *time, struct err *err)
{
	struct binlog_event ev;
	int got;

	*time = 0;
	while ((got = src->next(src, &ev, err)) == 1)
		if (event_kind(ev.type)->role == ROLE_GTID) {
			*time = ev.timestamp;
			return 0;
		}
	return got < 0 ? -1 : 0;
}

/* How long the first transaction that is not done waits already, by the
 * server's clock. */
static int
ask_seconds(struct db *db, const struct states *states, int64_t *seconds,
    struct err *err)
{
	struct server_options opt = { .hold = 1 << 20, .verify = true };
	struct db *side = db_twin(db);
	struct binlog_source *src;
	char *now = db_value(db, err, SQL("SELECT UNIX_TIMESTAMP()"));
	uint32_t made = 0;
	int status = now ? db_connect(side, source_server_timeout(&opt),
	    err) : -1;

	if (status == 0) {
		src = source_server_new(side, &opt);
		src->done = &states->done;
		status = first_time(src, &made, err);
		source_server_free(src);
	}
	if (status == 0 && made)
		*seconds = (int64_t)integer_or(now, 0) - made;
	if (*seconds < 0)
		*seconds = 0;
	free(now);
	db_free(side);
	return status;
}

static void
print(const struct standing *s, const struct states *states,
    finding_fn *report, void *arg)
{
	struct buf value = { 0 };

	gtid_list_print(&states->done, &value);
	if (s->behind.purged)
		buf_str(&value, ", purged");
	if (s->known)
		buf_printf(&value, ", %" PRIu64 " transaction%s behind",
		    s->behind.transactions, plural(s->behind.transactions));
	if (s->known && s->behind.transactions && !s->behind.purged)
		buf_printf(&value, ", %" PRId64 " s", s->behind.seconds);
	report(arg, &(struct finding){ "--state", s->wrong ? CHECK_BAD :
		CHECK_OK, buf_cstr(&value), s->wrong, s->fix,
		s->known ? &s->behind : NULL });
	buf_free(&value);
}

int
check_states(struct db *db, const struct states *states, finding_fn *report,
    void *arg, struct err *err)
{
	struct standing s = { .known = states->found > 0 };
	int status = 0;

	if (gtid_pos_now(db, &s.now, err) < 0 ||
	    gtid_pos_earliest(db, &s.oldest, err) < 0)
		status = -1;
	for (size_t i = 0; i < s.now.n && states->found; i++)
		place_domain(&s, &s.now.v[i], &states->done);
	if (status == 0 && states->found)
		find_strangers(&s, &states->done);
	if (states->found < states->given) {
		s.wrong = "a state file does not exist";
		s.fix = "check its name; a sink creates it with its first "
		    "transaction";
	}
	if (status == 0 && !s.wrong && s.behind.transactions)
		status = ask_seconds(db, states, &s.behind.seconds, err);
	if (status == 0)
		print(&s, states, report, arg);
	gtid_list_clear(&s.now);
	gtid_list_clear(&s.oldest);
	return status;
}
