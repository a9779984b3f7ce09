/* SPDX-License-Identifier: MIT */
#include "exec/handlers.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/log.h"
#include "exec/child.h"

/* What is run for a table. */
struct handler {
	struct buf table;       /* db.table */
	char *path;             /* NULL: nothing */
	struct arguments *words;
};

struct handlers {
	const struct exec_options *opt;
	bool first;             /* runs what belongs to no table */
	struct handler **v;
	size_t n, cap;
	struct hash places;     /* in v, by table */
	struct buf name;
};

/* A program of the folder; NULL: there is none. */
static char *
program(const struct handlers *h, struct span name, struct err *err)
{
	struct buf path = { 0 };
	char *found = NULL;

	/* a name of the folder, and nothing else */
	if (!name.n || name.p[0] == '.' || memchr(name.p, '/', name.n) ||
	    memchr(name.p, '\0', name.n))
		return NULL;
	buf_printf(&path, "%s/%.*s", h->opt->handlers, (int)name.n, name.p);
	if (access(buf_cstr(&path), X_OK) == 0)
		found = xstrdup(buf_cstr(&path));
	else if (errno != ENOENT)
		err_errno(err, ERR_CONFIG, "cannot execute %s", path.p);
	buf_free(&path);
	return found;
}

/* Run one that belongs to no table, if it is there. */
static int
run_once(struct handlers *h, const char *name, struct err *err)
{
	char *path = program(h, span_of(name), err);
	char *const argv[] = { path, NULL };
	struct child child = { 0 };
	int status = err->kind ? -1 : 0;

	if (path && child_start(&child, argv, environ, false, err) < 0)
		status = -1;
	else if (path && child_feed(&child, SPAN(""), h->opt->timeout_ms,
	    err) != CHILD_DONE)
		status = err_wrap(err, "%s", path);
	free(path);
	return status;
}

/* Where nothing can be executed, nothing would ever be delivered. */
static int
check_folder(const char *dir, struct err *err)
{
	DIR *d = opendir(dir);

	if (!d)
		return err_errno(err, ERR_CONFIG, "cannot open %s (--handlers)",
		    dir);
	closedir(d);
	return 0;
}

struct handlers *
handlers_open(const struct exec_options *opt, bool first, struct err *err)
{
	struct handlers *h = xcalloc(1, sizeof(*h));

	h->opt = opt;
	h->first = first;
	if (check_folder(opt->handlers, err) == 0 && (!first ||
	    run_once(h, "before-start", err) == 0))
		return h;
	handlers_free(h);
	return NULL;
}

void
handlers_free(struct handlers *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->n; i++) {
		arguments_free(h->v[i]->words);
		buf_free(&h->v[i]->table);
		free(h->v[i]->path);
		free(h->v[i]);
	}
	free(h->v);
	hash_clear(&h->places);
	buf_free(&h->name);
	free(h);
}

/* Names that mean something else are no tables; d.t is table t of d. */
static bool
is_taken(struct span name)
{
	return memchr(name.p, '.', name.n) || span_is(name, "before-start") ||
	    span_is(name, "before-exit") || span_is(name, "default");
}

static int
look(struct handlers *h, struct handler *handler, struct span table,
    struct err *err)
{
	char *argv[2] = { NULL, NULL };

	handler->path = program(h, buf_view(&handler->table), err);
	if (!handler->path && !err->kind && !is_taken(table))
		handler->path = program(h, table, err);
	if (!handler->path && !err->kind)
		handler->path = program(h, SPAN("default"), err);
	if (err->kind)
		return -1;
	if (!handler->path) {
		log_warn("no handler for table %s in %s: its records are left "
		    "out", buf_cstr(&handler->table), h->opt->handlers);
		return 0;
	}
	argv[0] = handler->path;
	handler->words = arguments_open(argv, false, h->opt->delivery.shape,
	    err);
	return handler->words ? 0 : -1;
}

struct arguments *
handlers_find(struct handlers *h, struct record *rec, struct err *err)
{
	struct span db, table = { NULL, 0 };
	struct hash_slot *slot;
	struct handler *made;
	uint64_t hash;

	h->name.n = 0;
	if (record_table(rec, &db, &table)) {
		buf_span(&h->name, db);
		buf_char(&h->name, '.');
		buf_span(&h->name, table);
	}
	hash = hash_span(buf_view(&h->name), hash_seed());
	for (slot = hash_find(&h->places, hash); slot;
	    slot = hash_next(&h->places, slot))
		if (span_eq(buf_view(&h->v[hash_value(slot)]->table),
		    buf_view(&h->name)))
			return h->v[hash_value(slot)]->words;
	made = xcalloc(1, sizeof(*made));
	buf_span(&made->table, buf_view(&h->name));
	hash_add(&h->places, hash, h->n);
	*ARRAY_PUSH(h->v, h->n, h->cap) = made;
	return look(h, made, table, err) < 0 ? NULL : made->words;
}

int
handlers_end(struct handlers *h, struct err *err)
{
	return h->first ? run_once(h, "before-exit", err) : 0;
}
