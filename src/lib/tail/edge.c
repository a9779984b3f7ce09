/* SPDX-License-Identifier: MIT */
#include "tail/edge.h"

#include <inttypes.h>
#include <string.h>

#include "binlog/events.h"

/* By its own name, or by that of its file. */
static bool
is_log(const struct binlog_source *src, const char *file)
{
	const char *slash = strrchr(src->path, '/');

	return strcmp(src->file, file) == 0 ||
	    strcmp(slash ? slash + 1 : src->path, file) == 0;
}

static bool
is_meant(const struct bound *bound, enum edge_default which, unsigned logs,
    const struct binlog_source *src)
{
	if (bound->file)
		return is_log(src, bound->file);
	return which == EDGE_FIRST_LOG ? logs <= 1 : !src->more;
}

static int
beyond(const struct edge *e, const struct bound *bound, const char *option,
    struct err *err)
{
	err_set(err, ERR_CONFIG, "%s %s%s%" PRIu64 ": the log ends at %"
	    PRIu64, option, bound->file ? bound->file : "",
	    bound->file ? ":" : "", bound->offset, e->end);
	return err_hint(err, "an offset is that of a log's event; GTIDs and "
	    "times need no log");
}

static int
inside(const struct bound *bound, const char *option,
    const struct binlog_event *ev, struct err *err)
{
	uint64_t end = ev->pos + ev->size;

	err_set(err, ERR_USAGE, "%s %" PRIu64 " lies inside an event (%"
	    PRIu64 " to %" PRIu64 ")", option, bound->offset, ev->pos, end);
	return err_hint(err, "its start is %" PRIu64 ", its end %" PRIu64,
	    ev->pos, end);
}

static int
which_log(const struct bound *bound, const char *option, struct err *err)
{
	err_set(err, ERR_USAGE, "%s %" PRIu64 ": several logs are read: an "
	    "offset must name its log", option, bound->offset);
	return err_hint(err, "use LOG:OFFSET");
}

int
edge_event(struct edge *e, const struct bound *bound, const char *option,
    enum edge_default which, unsigned logs, const struct binlog_source *src,
    const struct binlog_event *ev, struct err *err)
{
	bool here = is_meant(bound, which, logs, src);
	enum event_role role = event_kind(ev->type)->role;

	if (e->here && !here && bound->offset > e->end)
		return beyond(e, bound, option, err);
	if (e->here && !here)
		e->reached = true;
	if (here && e->here && !bound->file && which == EDGE_LAST_LOG &&
	    role == ROLE_FORMAT && ev->pos == LOG_START)
		return which_log(bound, option, err);
	e->here = here;
	if (!here)
		return 0;
	e->seen = true;
	if (bound->offset > ev->pos && bound->offset > LOG_START &&
	    bound->offset < ev->pos + ev->size && role < ROLE_GTID)
		return inside(bound, option, ev, err);
	e->reached |= ev->pos >= bound->offset;
	e->end = ev->pos + ev->size;
	return 0;
}

int
edge_close(const struct edge *e, const struct bound *bound,
    const char *option, struct err *err)
{
	if (bound->kind != BOUND_OFFSET || e->reached)
		return 0;
	if (e->seen)
		return bound->offset > e->end ?
		    beyond(e, bound, option, err) : 0;
	err_set(err, ERR_CONFIG, "%s %s:%" PRIu64 ": no such log was read",
	    option, bound->file ? bound->file : "", bound->offset);
	return err_hint(err, "give the name of the log without its directory; "
	    "the first log in a pipe has none");
}
