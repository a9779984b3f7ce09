/* SPDX-License-Identifier: MIT
 *
 * --to template: a text of the user's own for each change, in which values
 * stand (placeholder.h).
 */
#include "format/format.h"
#include "format/format_text.h"
#include "format/placeholder.h"
#include "format/sql_value.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fd.h"
#include "base/hex.h"
#include "base/url.h"
#include "cli/shell_word.h"
#include "format/csv_field.h"
#include "json/object.h"
#include "json/write.h"

enum { MOST = 1 << 20, PIECE = 4096 };  /* bytes of a template */

struct templater {
	struct placeholders places;
	struct span null;
	struct format_cells images[PLACE_KEY + 1];      /* of this change */
	bool needs[PLACE_KEY + 1];      /* some placeholder is of that one */
	size_t *found;          /* where its column stood last, of each */
	struct statement sql;
	struct buf text, bytes;
};

/* A value, as every form writes it. */
struct shown {
	enum format_kind kind;
	struct span text;       /* VALUE_BYTES: in hexadecimal digits */
	struct span json;       /* as the record has it */
};

/* ---- options */

static int
read_file(struct buf *text, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 1;

	if (fd < 0)
		return err_errno(err, ERR_CONFIG, "--template-file: cannot "
		    "open %s", path);
	while (n > 0 && text->n <= MOST) {
		n = fd_read(fd, buf_room(text, PIECE), PIECE);
		if (n < 0)
			err_errno(err, ERR_IO, "--template-file: cannot read "
			    "%s", path);
		else
			text->n += (size_t)n;
	}
	close(fd);
	if (n > 0)
		err_set(err, ERR_CONFIG, "--template-file: %s has more than "
		    "%d bytes", path, MOST);
	if (text->n && text->p[text->n - 1] == '\n')
		text->n--;
	return err->kind ? -1 : 0;
}

/* In CSV, NULL is what is not quoted. */
static int
check_null(const struct templater *t, struct err *err)
{
	struct buf field = { 0 };
	bool good;

	if (!json_utf8_valid(t->null))
		return err_set(err, ERR_USAGE, "--null is not UTF-8");
	csv_field_put(&field, t->null, false);
	good = span_eq(buf_view(&field), t->null) ||
	    !placeholder_has(&t->places, FORM_CSV);
	buf_free(&field);
	return good ? 0 : err_set(err, ERR_USAGE, "--null '%s' would have to "
	    "be quoted by |csv, and then is a text", t->null.p);
}

static int
open_template(struct formatter *f, struct err *err)
{
	const struct format_own *own = &f->opt->own;
	struct templater *t = f->own = xcalloc(1, sizeof(*t));

	t->null = span_of(own->null ? own->null : "");
	if (!own->template == !own->template_file)
		return err_set(err, ERR_USAGE, "--to template needs --template "
		    "TEXT or --template-file FILE%s", own->template ?
		    ", not both" : "");
	if (own->template)
		buf_str(&t->text, own->template);
	else if (read_file(&t->text, own->template_file, err) < 0)
		return -1;
	if (placeholder_read(&t->places, buf_view(&t->text), err) < 0)
		return -1;
	if (own->raw && placeholder_has(&t->places, FORM_SQL))
		return err_set(err, ERR_USAGE, "--raw: |sql needs the types of "
		    "columns, which schema records tell");
	t->found = xcalloc(t->places.n, sizeof(*t->found));
	for (size_t i = 0; i < t->places.n; i++)
		t->needs[t->places.v[i].kind] = true;
	return check_null(t, err);
}

/* ---- one value in one form; NULL too */

static int
put_plain(struct templater *t, struct buf *out, const struct shown *v)
{
	buf_span(out, v->kind == VALUE_NULL ? t->null : v->text);
	return 0;
}

static int
put_json(struct templater *t, struct buf *out, const struct shown *v)
{
	(void)t;
	if ((v->kind == VALUE_TEXT && v->json.p[0] == '"') ||
	    v->kind == VALUE_BYTES)
		json_string(out, v->text);
	else
		buf_span(out, v->kind == VALUE_NULL ? SPAN("null") : v->text);
	return 0;
}

static int
put_sh(struct templater *t, struct buf *out, const struct shown *v)
{
	struct span text = v->kind == VALUE_NULL ? t->null : v->text;

	if (text.n && memchr(text.p, '\0', text.n))
		return -1;
	shell_word_put_span(out, text);
	return 0;
}

static int
put_csv(struct templater *t, struct buf *out, const struct shown *v)
{
	if (v->kind == VALUE_NULL)
		buf_span(out, t->null);
	else
		csv_field_put(out, v->text, span_eq(v->text, t->null));
	return 0;
}

static int
put_url(struct templater *t, struct buf *out, const struct shown *v)
{
	url_put(out, v->kind == VALUE_NULL ? t->null : v->text);
	return 0;
}

/* Of a field of the record; columns know more of their values. */
static int
put_sql(struct templater *t, struct buf *out, const struct shown *v)
{
	statement_clear(&t->sql);
	if (v->kind == VALUE_NULL)
		statement_add(&t->sql, SQL("NULL"));
	else if (v->kind == VALUE_NUMBER)
		statement_add(&t->sql, SQL_DECIMAL(v->text));
	else
		statement_add(&t->sql, SQL_TEXT_ANYWHERE(v->text));
	buf_span(out, statement_view(&t->sql));
	return t->sql.bad.kind ? -1 : 0;
}

static int (*const writers[])(struct templater *, struct buf *,
    const struct shown *) = {
	[FORM_PLAIN] = put_plain, [FORM_JSON] = put_json, [FORM_SH] = put_sh,
	[FORM_SQL] = put_sql, [FORM_CSV] = put_csv, [FORM_URL] = put_url,
};

/* ---- columns */

static int
put_literal(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct err *err)
{
	struct templater *t = f->own;
	struct sql_value to = { .sql = &t->sql, .bytes = &t->bytes,
		.anywhere = true };
	struct span text;

	statement_clear(&t->sql);
	if (sql_value_write(f, &to, table, cell, err) < 0 ||
	    statement_text(&t->sql, &text, err) < 0)
		return -1;
	if (cell->column->as.class == CLASS_GEOMETRY && span_is(text, "X''"))
		return format_text_refuse(table, cell, "an empty geometry, "
		    "which no statement can write", NULL, err);
	buf_span(&f->out.text, text);
	return 0;
}

static int
put_cell(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, enum placeholder_form form,
    struct err *err)
{
	struct templater *t = f->own;
	struct format_value v;
	struct shown shown;

	if (form == FORM_SQL)
		return put_literal(f, table, cell, err);
	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	if (v.kind == VALUE_BYTES) {
		t->bytes.n = 0;
		hex_append(&t->bytes, v.bytes, hex_lower);
		v.bytes = buf_view(&t->bytes);
	}
	shown = (struct shown){ v.kind, v.bytes, cell->json };
	return writers[form](t, &f->out.text, &shown) == 0 ? 0 :
	    format_text_refuse(table, cell, "it holds a NUL, which no word of "
	    "a shell can", "|json writes it as \\u0000", err);
}

/* Has a table that column, as far as is known? */
static bool
has_column(const struct formatter *f, const struct format_table *table,
    struct span name)
{
	if (f->tables.typed && schema_column_find(table->schema, name))
		return true;
	for (size_t i = 0; i < table->ncolumns; i++)
		if (span_eq(table->columns[i]->text, name))
			return true;
	return false;
}

/* Is there nothing to be known?  There is no row before a create, and after a
 * delete; that of a record of cdc-unwrap is left out. */
static bool
is_nothing(const struct format_change *c, enum placeholder_kind kind)
{
	char op = c->op;

	if (op == 't')
		return true;
	return kind == PLACE_BEFORE ? c->rec->kind != KIND_ROW &&
	    (op == 'c' || op == 'r') : kind == PLACE_AFTER && op == 'd';
}

static int
refuse_place(const struct formatter *f, const struct format_change *c,
    const struct placeholder *place, struct err *err)
{
	const char *db = c->table->db.p, *table = c->table->name.p;
	int n = (int)place->text.n;

	if (!has_column(f, c->table, place->text)) {
		err_set(err, ERR_DATA, "table %s.%s has no column %.*s "
		    "(--template)", db, table, n, place->text.p);
		return err_hint(err, "cdc-filter --include-table keeps the "
		    "tables that have it");
	}
	if (place->kind == PLACE_KEY)
		return err_set(err, ERR_DATA, "table %s.%s: %.*s is not in the "
		    "key of the record (--template)", db, table, n,
		    place->text.p);
	err_set(err, ERR_DATA, "table %s.%s: the record does not say what %.*s "
	    "%s, which is not NULL but unknown (--template)", db, table, n,
	    place->text.p, place->kind == PLACE_BEFORE ? "was" : "is");
	return err_hint(err, "set binlog_row_image=FULL, and leave out "
	    "cdc-unwrap where a template has {before.%.*s}", n,
	    place->text.p);
}

static const struct format_cell *
find_cell(const struct format_cells *cells, struct span name, size_t *found)
{
	if (*found < cells->n &&
	    span_eq(cells->v[*found].column->text, name))
		return &cells->v[*found];
	for (size_t i = 0; i < cells->n; i++)
		if (span_eq(cells->v[i].column->text, name)) {
			*found = i;
			return &cells->v[i];
		}
	return NULL;
}

static int
put_column(struct formatter *f, const struct format_change *c,
    const struct placeholder *place, struct err *err)
{
	static const struct shown null = { .kind = VALUE_NULL };
	struct templater *t = f->own;
	const struct format_cells *cells = &t->images[place->kind];
	const struct format_cell *cell = find_cell(cells, place->text,
	    &t->found[place - t->places.v]);

	if (cell)
		return put_cell(f, c->table, cell, place->form, err);
	if (!is_nothing(c, place->kind) ||
	    (f->tables.typed && !has_column(f, c->table, place->text)))
		return refuse_place(f, c, place, err);
	return writers[place->form](t, &f->out.text, &null);
}

/* ---- fields of the record */

static int
put_field(struct formatter *f, const struct format_change *c,
    const struct placeholder *place, struct err *err)
{
	struct templater *t = f->own;
	struct span json = format_meta_value(place->field, c->rec);
	struct shown v = { .kind = VALUE_TEXT, .text = json, .json = json };

	t->bytes.n = 0;
	if (!json.p || json.p[0] == 'n')
		v.kind = VALUE_NULL;
	else if (json.p[0] == '"')
		v.text = json_value_text(json, &t->bytes);
	else if (json.p[0] == '-' || (json.p[0] >= '0' && json.p[0] <= '9'))
		v.kind = VALUE_NUMBER;
	if (writers[place->form](t, &f->out.text, &v) == 0)
		return 0;
	return err_set(err, ERR_DATA, "table %s.%s: |%s cannot write %s, which "
	    "is %.*s%s", c->table->db.p, c->table->name.p,
	    placeholder_forms[place->form],
	    format_meta_name(place->field).p, SPAN_SHOWN(json, 80));
}

/* ---- changes */

static int
read_images(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct templater *t = f->own;
	const struct format_image *images[] = {
		[PLACE_ROW] = c->op == 'd' ? &c->before : &c->after,
		[PLACE_BEFORE] = &c->before, [PLACE_AFTER] = &c->after,
		[PLACE_KEY] = &c->key,
	};

	for (size_t i = PLACE_ROW; i <= PLACE_KEY; i++)
		if (t->needs[i] && format_cells_read(&t->images[i], f,
		    c->table, images[i], err) < 0)
			return -1;
	return 0;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct templater *t = f->own;

	if (read_images(f, c, err) < 0)
		return -1;
	for (size_t i = 0; i < t->places.n; i++) {
		const struct placeholder *place = &t->places.v[i];

		if (place->kind == PLACE_TEXT)
			buf_span(&f->out.text, place->text);
		else if ((place->kind == PLACE_FIELD ? put_field :
		    put_column)(f, c, place, err) < 0)
			return -1;
	}
	buf_char(&f->out.text, '\n');
	return 0;
}

static void
close_template(struct formatter *f)
{
	struct templater *t = f->own;

	for (size_t i = 0; i <= PLACE_KEY; i++)
		format_cells_free(&t->images[i]);
	placeholder_clear(&t->places);
	free(t->found);
	statement_free(&t->sql);
	buf_free(&t->text);
	buf_free(&t->bytes);
	free(t);
}

const struct format format_template = {
	.name = "template",
	.options = "template template-file null raw",
	.takes = TAKES_ROWS, .typed = true,
	.open = open_template, .change = change, .close = close_template,
};
