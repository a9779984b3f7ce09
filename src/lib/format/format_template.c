/* SPDX-License-Identifier: MIT
 *
 * --to template: a text of the user's own for each change, in which values
 * stand (placeholder.h).
 */
#include "format/format.h"
#include "format/format_text.h"
#include "format/placed.h"
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
	struct placed placed;
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
	if (!json_utf8_valid(buf_view(&t->text)))
		return err_set(err, ERR_USAGE, "--template: it is not UTF-8");
	if (placeholder_read(&t->places, buf_view(&t->text), err) < 0)
		return err_wrap(err, "--template");
	if (own->raw && placeholder_has(&t->places, FORM_SQL))
		return err_set(err, ERR_USAGE, "--raw: |sql needs the types of "
		    "columns, which schema records tell");
	t->found = xcalloc(t->places.n, sizeof(*t->found));
	t->placed.option = own->template_name ? own->template_name :
	    "--template";
	placed_need(&t->placed, &t->places);
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

static int
put_column(struct formatter *f, const struct format_change *c,
    const struct placeholder *place, struct err *err)
{
	static const struct shown null = { .kind = VALUE_NULL };
	struct templater *t = f->own;
	const struct format_cell *cell;

	if (placed_cell(&t->placed, f, c, place, &t->found[place -
	    t->places.v], &cell, err) < 0)
		return -1;
	if (cell)
		return put_cell(f, c->table, cell, place->form, err);
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
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct templater *t = f->own;

	if (placed_read(&t->placed, f, c, err) < 0)
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

	placed_clear(&t->placed);
	placeholder_clear(&t->places);
	free(t->found);
	statement_free(&t->sql);
	buf_free(&t->text);
	buf_free(&t->bytes);
	free(t);
}

const struct format format_template = {
	.name = "template",
	.apart = true,
	.options = "template template-file null raw",
	.takes = TAKES_ROWS, .typed = true,
	.open = open_template, .change = change, .close = close_template,
};
