/* SPDX-License-Identifier: MIT */
#include "exec/arguments.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "format/filled.h"
#include "json/object.h"

struct arguments {
	struct filled **v;      /* NULL: an argument as it was given */
	size_t n;
	char **argv;            /* n, and NULL */
	char **env;             /* our own, our variables, NULL */
	size_t nown;
	struct buf *variables;
	struct buf scratch;
};

/* ---- arguments */

static struct filled *
read_argument(const char *text, int shape, struct err *err)
{
	struct filled *t = filled_new(text,
	    "an argument; --literal leaves braces alone", shape, err);

	if (t)
		return t;
	err_wrap(err, "argument '%s'", text);
	err_hint(err, "{column} is replaced by a value; a brace of its own is "
	    "doubled, and --literal leaves all of them alone");
	return NULL;
}

char *const *
arguments_of(struct arguments *w, struct record *rec, struct err *err)
{
	for (size_t i = 0; i < w->n; i++) {
		const char *text = w->v[i] ? filled_of(w->v[i], rec, err) :
		    w->argv[i];

		if (!text)
			return NULL;
		w->argv[i] = (char *)(uintptr_t)text;
	}
	return w->argv;
}

/* ---- environment */

static struct span
of_topic(struct arguments *w, struct record *rec)
{
	return json_value_text(rec->topic, &w->scratch);
}

static struct span
of_db(struct arguments *w, struct record *rec)
{
	struct span db, table;

	(void)w;
	return record_table(rec, &db, &table) ? db : (struct span){ NULL, 0 };
}

static struct span
of_table(struct arguments *w, struct record *rec)
{
	struct span db, table;

	(void)w;
	return record_table(rec, &db, &table) ? table :
	    (struct span){ NULL, 0 };
}

static struct span
of_op(struct arguments *w, struct record *rec)
{
	w->scratch.n = 0;
	if (!record_op(rec) || record_is_tombstone(rec))
		return (struct span){ NULL, 0 };
	buf_char(&w->scratch, record_op(rec));
	return buf_view(&w->scratch);
}

static struct span
of_key(struct arguments *w, struct record *rec)
{
	(void)w;
	return rec->key;
}

static struct span
of_gtid(struct arguments *w, struct record *rec)
{
	return json_value_text(object_member(record_source(rec), "gtid"),
	    &w->scratch);
}

static struct span
of_line(struct arguments *w, struct record *rec)
{
	w->scratch.n = 0;
	buf_u64(&w->scratch, rec->line.number);
	return buf_view(&w->scratch);
}

static const struct {
	const char *name;
	unsigned set;           /* that it belongs to */
	struct span (*value)(struct arguments *w, struct record *rec);
} variables[] = {
	{ "TOPIC", ARGUMENTS_TABLE, of_topic },
	{ "DB", ARGUMENTS_TABLE, of_db },
	{ "TABLE", ARGUMENTS_TABLE, of_table },
	{ "OP", ARGUMENTS_RECORD, of_op },
	{ "KEY", ARGUMENTS_RECORD, of_key },
	{ "GTID", ARGUMENTS_GTID, of_gtid },
	{ "LINE", ARGUMENTS_RECORD, of_line },
};

enum { NVARIABLES = sizeof(variables) / sizeof(*variables) };

static int
set(struct arguments *w, size_t *n, const char *name, struct span value)
{
	struct buf *out = &w->variables[*n];

	if (!value.p)
		return 0;
	if (memchr(value.p, '\0', value.n))
		return -1;
	out->n = 0;
	buf_printf(out, "CDC_%s=", name);
	buf_span(out, value);
	w->env[w->nown + *n] = buf_cstr(out);
	(*n)++;
	return 0;
}

char *const *
arguments_environment(struct arguments *w, struct record *rec,
    unsigned sets, size_t records, struct err *err)
{
	struct buf number = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < NVARIABLES; i++)
		if ((sets & variables[i].set) && set(w, &n,
		    variables[i].name, variables[i].value(w, rec)) < 0) {
			record_fault(rec, "a name or value for the environment "
			    "holds a NUL, which no variable can", err);
			return NULL;
		}
	if (records) {
		buf_u64(&number, records);
		set(w, &n, "RECORDS", buf_view(&number));
		buf_free(&number);
	}
	w->env[w->nown + n] = NULL;
	return w->env;
}

/* Ours, without variables that would be taken for those of a record. */
static void
copy_environment(struct arguments *w)
{
	size_t n = 0;

	while (environ[n])
		n++;
	w->env = xcalloc(n + NVARIABLES + 2, sizeof(*w->env));
	for (size_t i = 0; i < n; i++) {
		bool ours = strncmp(environ[i], "CDC_RECORDS=", 12) == 0;

		for (size_t k = 0; k < NVARIABLES && !ours; k++) {
			size_t len = strlen(variables[k].name);

			ours = strncmp(environ[i], "CDC_", 4) == 0 &&
			    strncmp(environ[i] + 4, variables[k].name,
			    len) == 0 && environ[i][4 + len] == '=';
		}
		if (!ours)
			w->env[w->nown++] = environ[i];
	}
}

/* ---- both */

struct arguments *
arguments_open(char *const *command, bool fill, int shape, struct err *err)
{
	struct arguments *w = xcalloc(1, sizeof(*w));
	size_t n = 0;

	while (command[n])
		n++;
	w->v = xcalloc(n ? n : 1, sizeof(*w->v));
	w->argv = xcalloc(n + 1, sizeof(*w->argv));
	w->variables = xcalloc(NVARIABLES + 1, sizeof(*w->variables));
	copy_environment(w);
	for (; w->n < n; w->n++) {
		char *text = command[w->n];

		w->argv[w->n] = text;
		/* which program it is, no value says */
		if (!fill || !w->n || !strpbrk(text, "{}"))
			continue;
		w->v[w->n] = read_argument(text, shape, err);
		if (!w->v[w->n]) {
			arguments_free(w);
			return NULL;
		}
	}
	return w;
}

void
arguments_free(struct arguments *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->n; i++)
		filled_free(w->v[i]);
	for (size_t i = 0; i <= NVARIABLES; i++)
		buf_free(&w->variables[i]);
	free(w->variables);
	free(w->v);
	free(w->argv);
	free(w->env);
	buf_free(&w->scratch);
	free(w);
}
