/* SPDX-License-Identifier: MIT */
#include "apply/source_table.h"

#include <stdlib.h>

#include "apply/source_key.h"
#include "apply/source_schema.h"
#include "base/alloc.h"
#include "base/array.h"
#include "evolve/guard.h"
#include "json/scan.h"
#include "schema/schema_file.h"
#include "target/history.h"

void
source_tables_open(struct source_tables *t, const struct table_options *opt)
{
	*t = (struct source_tables){ .opt = opt, .modes = opt->modes,
		.schemas = schemas_new() };
	t->modes.history = -1;
}

enum { SHOWN = 80 };            /* bytes of a value in a message */

void
source_table_unbind(struct source_table *t)
{
	for (size_t i = 0; i < t->nbound; i++)
		free((void *)t->bound[i].name.p);
	for (size_t i = 0; i < t->nomissions; i++) {
		free(t->omissions[i].name);
		free(t->omissions[i].json);
	}
	free(t->bound);
	free(t->omissions);
	free(t->lacking);
	t->bound = NULL;
	t->lacking = NULL;
	t->omissions = NULL;
	t->nbound = t->nomissions = 0;
	t->key_is_checked = false;
}

static void
forget(struct source_table *t)
{
	source_table_unbind(t);
	if (t->target) {
		row_statements_free(t->target);
		target_free(t->target);
	}
	t->target = NULL;
	t->connect.n = 0;
}

void
source_tables_forget(struct source_tables *t)
{
	for (struct source_table *s = t->all; s; s = s->next)
		forget(s);
	references_forget(&t->references);
}

void
source_tables_clear(struct source_tables *t)
{
	struct source_table *next;

	for (struct source_table *s = t->all; s; s = next) {
		next = s->next;
		forget(s);
		buf_free(&s->connect);
		free(s->db);
		free(s->name);
		free(s);
	}
	for (size_t i = 0; i < t->ntexts; i++) {
		free(t->texts[i].name);
		free(t->texts[i].json);
	}
	free(t->texts);
	hash_clear(&t->names);
	hash_clear(&t->text_names);
	if (t->schemas)
		schemas_free(t->schemas);
	references_free(&t->references);
	left_clear(&t->left);
	*t = (struct source_tables){ 0 };
}

void
source_tables_take_modes(struct source_tables *t, struct span modes)
{
	if (!known_modes_take(&t->modes, modes))
		return;
	for (struct source_table *s = t->all; s; s = s->next)
		source_table_unbind(s);
}

static int
check_target(const struct source_tables *t, const struct target *to,
    struct err *err)
{
	if (to->triggers && !t->opt->allow_triggers) {
		err_set(err, ERR_CONFIG, "table %s.%s has triggers, which "
		    "would repeat what the source's did", to->db, to->name);
		return err_hint(err, "drop them, or use --allow-triggers");
	}
	if (!to->transactional && !t->opt->at_least_once) {
		err_set(err, ERR_CONFIG, "table %s.%s has an engine without "
		    "transactions: its rows and the position would not agree "
		    "after a crash", to->db, to->name);
		return err_hint(err, "ALTER TABLE … ENGINE=InnoDB there, or "
		    "accept this with --at-least-once");
	}
	return 0;
}

/* Its rows are those of other tables, whose changes are in no record. */
static int
refuse_merge(const struct source_table *s, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s.%s of the source is a MERGE table, whose "
	    "rows are those of other tables, and the target has no such table",
	    s->db, s->name);
	return err_hint(err, "create the same MERGE table there, of MyISAM "
	    "tables and with --at-least-once, and copy these; or leave it out "
	    "of the stream, if only they are changed at the source");
}

static bool
is_merged_there_alone(const struct source_table *s)
{
	return s->schema && s->schema->merges && !s->left_out &&
	    (!s->target || !s->target->merges);
}

/* A parent's changes keep their order, as a child's do. */
static int
ask_references(struct source_tables *t, struct db *db, struct target *to,
    struct err *err)
{
	int got = to->ordered ? 1 : references_have(&t->references, db,
	    to->db, to->name, err);

	to->ordered = got > 0;
	return got < 0 ? -1 : 0;
}

/* Find out which table of the target it is. */
static int
ask_target(struct source_tables *t, struct db *db, struct source_table *s,
    struct err *err)
{
	struct buf to_db = { 0 }, to_name = { 0 };
	bool named = mapping_table(t->opt, span_of(s->db), span_of(s->name),
	    &to_db, &to_name);
	int status = 0;

	if (!named)
		status = err_set(err, ERR_DATA, "'%s' names no database and "
		    "table", s->name);
	else
		status = guard_table(t->opt, buf_view(&to_db),
		    buf_view(&to_name), err);
	s->left_out = status == 0;
	if (status > 0)
		status = target_read(db, buf_view(&to_db),
		    buf_view(&to_name), &s->target, err);
	if (status == 0 && is_merged_there_alone(s))
		status = refuse_merge(s, err);
	if (status == 0 && !s->target && !s->left_out) {
		status = err_set(err, ERR_CONFIG, "the target has no table "
		    "%.*s.%.*s", (int)to_db.n, to_db.p, (int)to_name.n,
		    to_name.p);
		err_hint(err, "create it as the source has it (mariadb-dump "
		    "--no-data --skip-triggers DB TABLE | mariadb DB), or "
		    "choose another with --map; --schema-evolution add "
		    "creates a plain one");
		left_say(&t->left, buf_cstr(&to_db), buf_cstr(&to_name), NULL,
		    err);
	}
	if (status == 0 && s->target)
		status = check_target(t, s->target, err);
	if (status == 0 && s->target)
		status = ask_references(t, db, s->target, err);
	buf_free(&to_db);
	buf_free(&to_name);
	return status;
}

static uint64_t
hash_of(struct span db, struct span name)
{
	return hash_span(name, hash_span(db, hash_seed()));
}

static struct source_table *
known_table(const struct source_tables *t, struct span db, struct span name)
{
	struct hash_slot *slot = hash_find(&t->names, hash_of(db, name));

	for (; slot; slot = hash_next(&t->names, slot)) {
		struct source_table *s =
		    (struct source_table *)(uintptr_t)hash_value(slot);

		if (span_is(name, s->name) && span_is(db, s->db))
			return s;
	}
	return NULL;
}

void
source_tables_add(struct source_tables *t, struct source_table *s)
{
	s->next = t->all;
	t->all = s;
	hash_add(&t->names, hash_of(span_of(s->db), span_of(s->name)),
	    (uintptr_t)s);
}

static struct source_table *
new_table(struct source_tables *t, struct span db, struct span name)
{
	struct source_table *s = xcalloc(1, sizeof(*s));

	s->db = xmemdup(db.p ? db.p : "", db.n);
	s->name = xmemdup(name.p, name.n);
	s->schema = schemas_newest(t->schemas, db, name, false);
	source_tables_add(t, s);
	return s;
}

/* Source block, else the topic's last two parts, else the topic. */
static bool
name_of(struct record *rec, struct span *db, struct span *name)
{
	if (record_table(rec, db, name) || record_topic_table(rec, db, name))
		return true;
	*db = (struct span){ "", 0 };
	*name = json_value_text(rec->topic, &rec->scratch[0]);
	return name->p && name->n;
}

int
source_tables_named(struct source_tables *t, struct db *db,
    struct span schema, struct span name, struct source_table **table,
    struct err *err)
{
	struct source_table *s = t->last;

	if (memchr(name.p, '\0', name.n) ||
	    (schema.n && memchr(schema.p, '\0', schema.n)))
		return err_set(err, ERR_DATA, "a NUL in the name of a table");
	if (!s || !span_is(name, s->name) || !span_is(schema, s->db)) {
		s = known_table(t, schema, name);
		if (!s)
			s = new_table(t, schema, name);
	}
	t->last = *table = s;
	if (!s->target && !s->left_out && ask_target(t, db, s, err) < 0)
		return -1;
	if (s->key_is_checked || !s->target)
		return 0;
	s->key_is_checked = true;
	return source_key_check(s, t, err);
}

int
source_tables_find(struct source_tables *t, struct db *db, struct record *rec,
    struct source_table **table, struct err *err)
{
	struct span schema, name;

	if (!name_of(rec, &schema, &name))
		return err_set(err, ERR_DATA, "the record names no table");
	return source_tables_named(t, db, schema, name, table, err);
}

/* ---- columns */

int
source_table_column(const struct source_table *t,
    const struct source_tables *all, struct span name)
{
	struct buf mapped = { 0 };
	int column;

	mapping_column(all->opt, t->db, t->name, name, &mapped);
	column = target_column_find(t->target, buf_view(&mapped));
	buf_free(&mapped);
	return column;
}

static int
unknown_column(const struct source_table *t, const struct source_tables *all,
    struct span name, struct err *err)
{
	struct buf mapped = { 0 };

	mapping_column(all->opt, t->db, t->name, name, &mapped);
	err_set(err, ERR_DATA, span_eq(buf_view(&mapped), name) ?
	    "table %s.%s has no column %s" :
	    "table %s.%s has no column %s (--map-column of %.*s)",
	    t->target->db, t->target->name, buf_cstr(&mapped), (int)name.n,
	    name.p);
	left_say(&all->left, t->target->db, t->target->name,
	    buf_cstr(&mapped), err);
	buf_free(&mapped);
	return err_hint(err, "add it, or use --map-column, "
	    "--ignore-unknown-columns or --schema-evolution add; if it "
	    "exists, GRANT SELECT on it so that the account can see it");
}

/* The target has no columns for the times of rows, or the server has them. */
static int
refuse_history(const struct source_table *t, bool own, struct err *err)
{
	err_set(err, ERR_CONFIG, "the stream contains the history of %s.%s, "
	    "but %s.%s has %s", t->db, t->name, t->target->db,
	    t->target->name, own ? "a history of its own" :
	    "no columns for it");
	return err_hint(err, "run cdc-tail without --history, or use a plain "
	    "table with columns for the beginning and end of the period");
}

/* Tell how a column is to be read.  `name` is as it stands in the record. */
static int
bind_column(struct source_table *t, const struct source_tables *all,
    struct span name, struct bound_column *b, struct err *err)
{
	struct buf scratch = { 0 };
	struct span text = json_string_text(name, &scratch);
	struct conversion *c = &b->conversion;
	struct span field = encoding_connect_field(buf_view(&t->connect),
	    text);
	const struct schema_column *from;
	struct target_column *to;
	int status = 0;

	from = t->schema ? schema_column_find(t->schema, text) : NULL;
	b->column = source_table_column(t, all, text);
	if (from && from->row_time && (b->column < 0 ||
	    t->target->columns[b->column].row_time)) {
		status = history_is_told(&all->modes, t->schema) ?
		    refuse_history(t, b->column >= 0, err) : 0;
		b->column = -1;
		buf_free(&scratch);
		return status;
	}
	/* cdc-unwrap's metadata: __op, __deleted, … */
	if (b->column < 0 && !all->opt->ignore_unknown &&
	    !(text.n > 2 && text.p[0] == '_' && text.p[1] == '_' &&
	    !(t->schema && schema_column_find(t->schema, text))))
		status = unknown_column(t, all, text, err);
	if (b->column >= 0) {
		to = &t->target->columns[b->column];
		c->to = to;
		c->from = charset_named(from ? from->charset : NULL);
		c->exact = from && encoding_is_exact(from, &all->modes);
		c->encoding = field.p ? encoding_of_connect(field, &c->scale,
		    &all->modes, to) : encoding_of(from, &all->modes, to);
		if (!field.p && from)
			c->scale = from->scale < 0 ? 0 : from->scale;
		to->bytes = encoding_is_bytes(c->encoding, to);
		if (to->computed)
			b->column = -1;
	}
	buf_free(&scratch);
	return status;
}

/* The place of a column; bound at first sight.  *next is where it is expected:
 * records have their columns in one order. */
static int
find_bound(struct source_table *t, const struct source_tables *all,
    struct span name, size_t *next, struct bound_column **found,
    struct err *err)
{
	struct bound_column b = { 0 };

	if (*next < t->nbound && span_eq(t->bound[*next].name, name)) {
		*found = &t->bound[(*next)++];
		return 0;
	}
	for (size_t i = 0; i < t->nbound; i++) {
		*found = &t->bound[i];
		*next = i + 1;
		if (span_eq(t->bound[i].name, name))
			return 0;
	}
	if (bind_column(t, all, name, &b, err) < 0)
		return -1;
	b.name = (struct span){ xmemdup(name.p, name.n), name.n };
	*found = ARRAY_ADD(t->bound, t->nbound);
	**found = b;
	*next = t->nbound;
	return 0;
}

static int
bad_value(const struct source_table *t, const struct source_tables *all,
    const struct bound_column *b, struct span json, struct err *err)
{
	const struct conversion *c = &b->conversion;

	err_set(err, ERR_DATA, "table %s.%s, column %.*s (%s): %.*s%s: %s",
	    t->db, t->name, (int)b->name.n, b->name.p, c->to->type,
	    SPAN_SHOWN(json, SHOWN), c->why);
	left_say(&all->left, t->target->db, t->target->name, c->to->name, err);
	return c->hint ? err_hint(err, "%s", c->hint) : -1;
}

static int
read_value(struct source_table *t, const struct source_tables *all,
    struct bound_column *b, struct span json, struct batch *batch, size_t row,
    struct err *err)
{
	static const uint8_t states[] = { [CONVERT_VALUE] = CELL_VALUE,
		[CONVERT_NULL] = CELL_NULL, [CONVERT_BYTES] = CELL_BYTES,
		[CONVERT_NONE] = CELL_NONE };
	struct buf *out = &batch->bytes;
	size_t at = out->n;
	enum converted got = convert(&b->conversion, json, out);
	struct cell *cell = &batch->cells[row + (size_t)b->column];

	if (got == CONVERT_BAD)
		return bad_value(t, all, b, json, err);
	if (cell->state != CELL_ABSENT)
		return err_set(err, ERR_DATA, "table %s.%s: column %.*s "
		    "occurs twice", t->db, t->name, (int)b->name.n, b->name.p);
	*cell = (struct cell){ .at = at, .n = (uint32_t)(out->n - at),
		.state = states[got] };
	return 0;
}

int
source_table_read_row(struct source_table *t, const struct source_tables *all,
    struct span object, struct batch *b, size_t row, bool *lenient,
    struct err *err)
{
	struct json_pos at = json_at(object);
	struct span name, json;
	struct bound_column *bound;
	size_t next = 0;
	int more;

	if (!json_enter(&at, '{'))
		return err_set(err, ERR_DATA, "table %s.%s: a row that is "
		    "not an object", t->db, t->name);
	while ((more = json_next(&at, &name)) > 0 && json_value(&at, &json)) {
		if (find_bound(t, all, name, &next, &bound, err) < 0)
			return -1;
		if (bound->column < 0)
			continue;
		if (read_value(t, all, bound, json, b, row, err) < 0)
			return -1;
		*lenient = *lenient || bound->conversion.lenient;
	}
	return more < 0 ? err_set(err, ERR_DATA, "table %s.%s: a broken row",
	    t->db, t->name) : 0;
}

int
source_table_read_member(struct source_table *t,
    const struct source_tables *all, struct span name, struct span json,
    struct batch *b, size_t row, struct err *err)
{
	struct bound_column *bound;
	size_t next = 0;

	if (find_bound(t, all, name, &next, &bound, err) < 0)
		return -1;
	return bound->column < 0 ? 0 :
	    read_value(t, all, bound, json, b, row, err);
}

bool
source_table_key_is_whole(struct source_table *t,
    const struct source_tables *all, struct span key)
{
	struct json_pos at = json_at(key);
	struct span name, value;
	struct bound_column *bound;
	struct err ignored = { 0 };
	size_t next = 0, parts = 0;

	if (!json_enter(&at, '{'))
		return false;
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		if (find_bound(t, all, name, &next, &bound, &ignored) < 0)
			return false;
		parts += bound->column >= 0 &&
		    t->target->columns[bound->column].key_part >= 0;
	}
	return parts == t->target->nkey;
}

/* A column that the source has not, or that --set makes, may lack. */
static void
note_lacking(struct source_table *t, const struct source_tables *all)
{
	const struct target *to = t->target;

	assignments_look(&all->opt->set, to);
	t->lacking = xcalloc(to->ncolumns + 1, 1);
	for (size_t i = 0; i < to->ncolumns; i++)
		t->lacking[i] = !to->columns[i].computed &&
		    !assignments_have(&all->opt->set, &to->columns[i]) &&
		    !t->schema;
	for (size_t i = 0; t->schema && i < t->schema->ncolumns; i++) {
		int column = source_table_column(t, all,
		    span_of(t->schema->columns[i].name));

		if (column >= 0 && !to->columns[column].computed)
			t->lacking[column] = 1;
	}
}

bool
source_table_row_is_whole(struct source_table *t,
    const struct source_tables *all, const struct batch *b, size_t row)
{
	if (!t->lacking)
		note_lacking(t, all);
	for (size_t i = 0; i < t->target->ncolumns; i++)
		if (t->lacking[i] &&
		    !cell_is_written(b->cells[row + i].state))
			return false;
	return true;
}

void
source_table_default_rest(struct source_table *t,
    const struct source_tables *all, struct batch *b, size_t row)
{
	if (!t->lacking)
		note_lacking(t, all);
	for (size_t i = 0; i < t->target->ncolumns; i++)
		if (t->lacking[i] && b->cells[row + i].state == CELL_ABSENT)
			b->cells[row + i].state = CELL_DEFAULT;
}

bool
source_table_adds_columns(struct source_table *t,
    const struct source_tables *all)
{
	if (!t->lacking)
		note_lacking(t, all);
	for (size_t i = 0; i < t->target->ncolumns; i++)
		if (!t->lacking[i] && !t->target->columns[i].computed &&
		    !assignments_have(
			&all->opt->set, &t->target->columns[i]))
			return true;
	return false;
}

void
source_table_take_connect(struct source_table *t, struct span schema)
{
	if (!schema.p || schema.p[0] != '{' ||
	    span_eq(schema, buf_view(&t->connect)))
		return;
	t->connect.n = 0;
	buf_span(&t->connect, schema);
	source_table_unbind(t);
}
