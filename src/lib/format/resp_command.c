/* SPDX-License-Identifier: MIT */
#include "format/resp_command.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/hex.h"
#include "cli/value.h"
#include "format/format.h"
#include "format/format_key.h"
#include "format/placed.h"
#include "format/resp_array.h"
#include "json/object.h"
#include "json/write.h"
#include "match/pattern.h"

enum word_kind { WORD_PLACES, WORD_COLUMNS, WORD_ROW };

struct resp_word {
	enum word_kind kind;
	struct placeholders places;     /* WORD_PLACES */
	size_t *found;          /* where the column of each stood last */
};

struct resp_command {
	struct pattern *table;  /* NULL: all */
	struct ops ops;
	struct resp_word *words;
	size_t n;
};

/* ---- reading them */

/* What a backslash is followed by between ""; 0: itself. */
static const char letters[256] = { ['n'] = '\n', ['r'] = '\r',
	['t'] = '\t', ['b'] = '\b', ['a'] = '\a' };

/* What *p begins with inside of a quote, over it. */
static char
read_inside(const char **p, char quote)
{
	const char *text = *p;
	char letter = letters[(unsigned char)text[1]];

	*p += 1 + (text[0] == '\\' && text[1] &&
	    (quote == '"' || text[1] == '\''));
	if (*p == text + 1)
		return text[0];
	if (quote == '"' && text[1] == 'x' && hex_value(text[2]) >= 0 &&
	    hex_value(text[3]) >= 0) {
		*p += 2;
		return (char)(hex_value(text[2]) << 4 | hex_value(text[3]));
	}
	return quote == '"' && letter ? letter : text[1];
}

int
resp_command_word(const char **p, struct buf *word, struct err *err)
{
	const char *blanks = " \t\n\r";

	word->n = 0;
	*p += strspn(*p, " \t\n\r\v\f");
	if (!**p)
		return 0;
	while (**p && !one_of(**p, blanks)) {
		char quote = **p;

		if (!one_of(quote, "\"'")) {
			buf_char(word, *(*p)++);
			continue;
		}
		for (++*p; **p && **p != quote;)
			buf_char(word, read_inside(p, quote));
		if (!**p)
			return err_set(err, ERR_USAGE, "nothing closes a "
			    "quote");
		if (*++*p && !one_of(**p, " \t\n\r\v\f"))
			return err_set(err, ERR_USAGE, "no blank follows the "
			    "end of a quote");
	}
	return 1;
}

static int
read_places(struct resp_word *word, struct span text, struct err *err)
{
	if (placeholder_read(&word->places, text, err) < 0)
		return -1;
	for (size_t i = 0; i < word->places.n; i++)
		if (word->places.v[i].form != FORM_PLAIN &&
		    word->places.v[i].form != FORM_JSON)
			return err_set(err, ERR_USAGE, "|%s: nothing is quoted "
			    "in a word, there is only |json",
			    placeholder_forms[word->places.v[i].form]);
	word->found = xcalloc(word->places.n + 1, sizeof(*word->found));
	return 0;
}

static int
read_words(struct resp_command *command, const char *p, struct err *err)
{
	struct buf text = { 0 };
	int more;

	while ((more = resp_command_word(&p, &text, err)) > 0) {
		struct resp_word word = { 0 };
		struct span view = buf_view(&text);

		if (span_is(view, "{*}"))
			word.kind = WORD_COLUMNS;
		else if (span_is(view, "{*|json}"))
			word.kind = WORD_ROW;
		*ARRAY_ADD(command->words, command->n) = word;
		if (!word.kind && read_places(
		    &command->words[command->n - 1], view, err) < 0)
			more = -1;
		if (more < 0)
			break;
	}
	buf_free(&text);
	if (more < 0)
		return -1;
	if (!command->n)
		return err_set(err, ERR_USAGE, "there is no word");
	if (command->words[0].kind != WORD_PLACES ||
	    !command->words[0].places.n)
		return err_set(err, ERR_USAGE, "the first word is no name of a "
		    "command");
	return 0;
}

/* In front of '=': a table, operations behind a '/', or both. */
static int
read_condition(struct resp_command *command, struct span text,
    struct err *err)
{
	size_t at = text.n;
	struct buf ops = { 0 };
	int status = 0;

	while (at && text.p[at - 1] != '/')
		at--;
	if (at) {
		buf_put(&ops, text.p + at, text.n - at);
		status = value_ops(&command->ops, buf_cstr(&ops), err);
		buf_free(&ops);
		text.n = at - 1;
	}
	if (status < 0)
		return -1;
	if (!text.n)
		return 0;
	command->table = pattern_new(text, PATTERN_NOCASE, err);
	if (!command->table)
		return -1;
	pattern_is_named(command->table);
	return 0;
}

int
resp_commands_add(struct resp_commands *all, const char *text,
    struct err *err)
{
	size_t n = strcspn(text, " \t\n\"'");
	const char *equals = memchr(text, '=', n);
	struct resp_command *command = ARRAY_ADD(all->v, all->n);

	*command = (struct resp_command){ .ops = { "cudr" } };
	if (equals && read_condition(command, span_between(text, equals),
	    err) < 0)
		return -1;
	return read_words(command, equals ? equals + 1 : text, err);
}

void
resp_commands_clear(struct resp_commands *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct resp_command *command = &all->v[i];

		for (size_t j = 0; j < command->n; j++) {
			placeholder_clear(&command->words[j].places);
			free(command->words[j].found);
		}
		free(command->words);
		if (command->table)
			pattern_free(command->table);
	}
	free(all->v);
	*all = (struct resp_commands){ 0 };
}

void
resp_commands_need(const struct resp_commands *all, struct placed *placed)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t j = 0; j < all->v[i].n; j++) {
			placed_need(placed, &all->v[i].words[j].places);
			if (all->v[i].words[j].kind != WORD_PLACES)
				placed->needs[PLACE_ROW] = true;
		}
}

/* ---- writing them */

/* What the words of a command are written with. */
struct writing {
	struct formatter *f;
	struct placed *placed;
	const struct format_change *c;
	struct span null;
	struct buf word, words;
	size_t n;               /* of words */
};

static int
refuse_null(const struct writing *w, struct span name, struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s: %.*s is NULL (--resp-command)",
	    w->c->table->db.p, w->c->table->name.p, (int)name.n, name.p);
	return err_hint(err, "--null TEXT says what is written then");
}

static int
put_null(struct writing *w, const struct placeholder *place, struct span name,
    struct err *err)
{
	if (place->form == FORM_JSON)
		buf_str(&w->word, "null");
	else if (w->null.p)
		buf_span(&w->word, w->null);
	else
		return refuse_null(w, name, err);
	return 0;
}

static int
put_column(struct writing *w, const struct placeholder *place, size_t *found,
    struct err *err)
{
	const struct format_cell *cell;
	struct format_value v = { .kind = VALUE_NULL };

	if (placed_cell(w->placed, w->f, w->c, place, found, &cell, err) < 0)
		return -1;
	if (cell && place->form == FORM_JSON) {
		json_put_line(&w->word, cell->json);
		return 0;
	}
	if (cell && format_key_bytes(w->f, w->c->table, cell, &v, err) < 0)
		return -1;
	if (v.kind == VALUE_NULL)
		return put_null(w, place, place->text, err);
	buf_span(&w->word, v.bytes);
	return 0;
}

static int
put_field(struct writing *w, const struct placeholder *place, struct err *err)
{
	struct span json = format_meta_value(place->field, w->c->rec);
	struct buf scratch = { 0 };
	struct span text = json.p ? json_value_text(json, &scratch) : json;
	int status = 0;

	if (!json.p || json.p[0] == 'n')
		status = put_null(w, place, format_meta_name(place->field),
		    err);
	else
		buf_span(&w->word, place->form == FORM_JSON || !text.p ?
		    json : text);
	buf_free(&scratch);
	return status;
}

static void
end_word(struct writing *w, struct span bytes)
{
	resp_array_put_argument(&w->words, bytes);
	w->n++;
}

/* Columns that are NULL are left out. */
static int
put_columns(struct writing *w, struct err *err)
{
	const struct format_cells *row = &w->placed->images[PLACE_ROW];
	struct format_value v;

	for (size_t i = 0; i < row->n; i++) {
		if (format_key_bytes(w->f, w->c->table, &row->v[i], &v,
		    err) < 0)
			return -1;
		if (v.kind == VALUE_NULL)
			continue;
		end_word(w, row->v[i].column->text);
		end_word(w, v.bytes);
	}
	return 0;
}

static int
put_places(struct writing *w, const struct resp_word *word, struct err *err)
{
	w->word.n = 0;
	for (size_t i = 0; i < word->places.n; i++) {
		const struct placeholder *place = &word->places.v[i];

		if (place->kind == PLACE_TEXT)
			buf_span(&w->word, place->text);
		else if ((place->kind == PLACE_FIELD ? put_field(w, place,
		    err) : put_column(w, place, &word->found[i], err)) < 0)
			return -1;
	}
	if (!w->n && !w->word.n)
		return err_set(err, ERR_DATA, "table %s.%s: the name of the "
		    "command is empty (--resp-command)", w->c->table->db.p,
		    w->c->table->name.p);
	end_word(w, buf_view(&w->word));
	return 0;
}

/* {*} and {*|json}: who reads them takes them for the whole row. */
static int
check_whole(const struct writing *w, struct err *err)
{
	const struct format_change *c = w->c;

	if (c->op == 't' || !format_cells_lack(&w->placed->images[PLACE_ROW],
	    c->table))
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: a row of which some columns are "
	    "missing, for {*} (--resp-command)", c->table->db.p,
	    c->table->name.p);
	return err_hint(err, "set binlog_row_image=FULL, or name the columns "
	    "of which the command is made");
}

/* A word of more than places. */
static int
put_row(struct writing *w, enum word_kind kind, struct err *err)
{
	const struct format_change *c = w->c;

	if (check_whole(w, err) < 0)
		return -1;
	if (kind == WORD_COLUMNS)
		return put_columns(w, err);
	w->word.n = 0;
	json_put_line(&w->word, c->op == 'd' ? c->before.json :
	    c->after.json);
	end_word(w, buf_view(&w->word));
	return 0;
}

static int
put_command(struct writing *w, const struct resp_command *command,
    struct err *err)
{
	w->words.n = w->n = 0;
	for (size_t i = 0; i < command->n; i++) {
		const struct resp_word *word = &command->words[i];

		if ((word->kind == WORD_PLACES ? put_places(w, word, err) :
		    put_row(w, word->kind, err)) < 0)
			return -1;
	}
	resp_array_put(&w->f->out.text, w->n);
	buf_span(&w->f->out.text, buf_view(&w->words));
	return 0;
}

/* Does it name what there is not? */
static bool
lacks_row(const struct resp_command *command, const struct format_change *c)
{
	for (size_t i = 0; i < command->n; i++) {
		const struct placeholders *all = &command->words[i].places;

		for (size_t j = 0; j < all->n; j++)
			if ((all->v[j].kind == PLACE_BEFORE ||
			    all->v[j].kind == PLACE_AFTER) && c->op != 't' &&
			    placed_is_nothing(c, all->v[j].kind))
				return true;
	}
	return false;
}

static int
refuse_truncate(const struct format_change *c, struct err *err)
{
	err_set(err, ERR_DATA, "a truncate of %s.%s, for which there is no "
	    "command", c->table->db.p, c->table->name.p);
	return err_hint(err, "--resp-command '/t=…' gives one; cdc-filter "
	    "--op c,u,d,r leaves the record out");
}

/* The commands that are for its table, or NULL. */
static bool
is_for(const struct resp_command *command, const struct format_change *c,
    struct buf *name)
{
	if (!command->table)
		return true;
	if (!name->n) {
		buf_span(name, c->table->db);
		buf_char(name, '.');
		buf_span(name, c->table->name);
	}
	return pattern_matches(command->table, buf_view(name));
}

int
resp_commands_put(const struct resp_commands *all, struct placed *placed,
    struct formatter *f, const struct format_change *c, struct span null,
    struct err *err)
{
	struct writing w = { .f = f, .placed = placed, .c = c, .null = null };
	struct buf name = { 0 };
	bool table = false, written = false;
	int status = placed_read(placed, f, c, err);

	for (size_t i = 0; i < all->n && status == 0; i++) {
		const struct resp_command *command = &all->v[i];

		if (!is_for(command, c, &name))
			continue;
		table = true;
		if (!one_of(c->op, command->ops.v) || lacks_row(command, c))
			continue;
		written = true;
		status = put_command(&w, command, err);
	}
	if (status == 0 && c->op == 't' && table && !written)
		status = refuse_truncate(c, err);
	buf_free(&name);
	buf_free(&w.word);
	buf_free(&w.words);
	return status;
}
