/* SPDX-License-Identifier: MIT
 *
 * The only writer of SQL.  A statement is made of typed parts: literals of this
 * program, and names, text and numbers from outside, which the writer quotes.
 * Nothing else becomes SQL: db/query.h accepts only statements, and
 * build-aux/check-style forbids writing one elsewhere.
 *
 *   db_execute(db, err, SQL("DELETE FROM "), SQL_TABLE(schema, table),
 *       SQL(" WHERE id = "), SQL_TEXT(id));
 *
 * The result means the same under every sql_mode: names are in backticks, text
 * is in single quotes, and quotes inside them are doubled; text that contains a
 * backslash or a control character is written by its bytes.  The connection
 * uses utf8mb4.
 * https://mariadb.com/kb/en/string-literals/, identifier-names/
 *
 * A part that cannot be SQL (a name that no server has, text that is not UTF-8)
 * is remembered as the statement's error, ERR_DATA, with which it fails.
 */
#ifndef SQL_STATEMENT_H
#define SQL_STATEMENT_H

#include "base/buf.h"
#include "base/err.h"

enum sql_kind {
	PART_WORDS, PART_NAME, PART_TABLE, PART_TEXT, PART_TEXT_OR_NULL,
	PART_LABEL, PART_BYTES, PART_NUMBER, PART_SIGNED, PART_DECIMAL,
	PART_WORD, PART_EXPRESSION, PART_STATEMENT, PART_QUOTED, PART_FOREIGN,
	PART_COMMENT, PART_ANYWHERE, PART_CHARACTERS,
};

struct statement {
	struct buf made;        /* the writer's own: statement_text() */
	struct err bad;         /* of the first part that cannot be SQL */
};

struct sql_part {
	enum sql_kind kind;
	struct span one, two;
	uint64_t number;
	const struct statement *of;
};

/* Words of ours: only a literal compiles. */
#define SQL_INIT(words) { .kind = PART_WORDS,                                \
	.one = { "" words "", sizeof(words) - 1 } }
#define SQL(words) ((struct sql_part)SQL_INIT(words))

#define SQL_PART(k, ...) ((struct sql_part){ .kind = k, __VA_ARGS__ })

/* `name`, `db`.`table` */
#define SQL_NAME(name) SQL_PART(PART_NAME, .one = (name))
#define SQL_TABLE(db, table)                                                 \
	SQL_PART(PART_TABLE, .one = (db), .two = (table))

/* 'text'; NULL if it is empty; X'bytes'. */
#define SQL_TEXT(text) SQL_PART(PART_TEXT, .one = (text))
#define SQL_TEXT_OR_NULL(text) SQL_PART(PART_TEXT_OR_NULL, .one = (text))
#define SQL_BYTES(bytes) SQL_PART(PART_BYTES, .one = (bytes))

/* 'text' for a session that is not ours: the same in every character set that
 * a client may have, and where sql_mode makes NULL of ''. */
#define SQL_TEXT_ANYWHERE(text) SQL_PART(PART_ANYWHERE, .one = (text))

/* _utf8mb4 'text', where it is also not the bytes that it is in a session with
 * SET NAMES binary. */
#define SQL_CHARACTERS(text) SQL_PART(PART_CHARACTERS, .one = (text))

/* 'text' where SQL takes nothing else: it has no backslash. */
#define SQL_LABEL(text) SQL_PART(PART_LABEL, .one = (text))

#define SQL_NUMBER(n) SQL_PART(PART_NUMBER, .number = (n))
#define SQL_SIGNED(n) SQL_PART(PART_SIGNED, .number = (uint64_t)(n))

/* A number as digits, with a sign and a point. */
#define SQL_DECIMAL(text) SQL_PART(PART_DECIMAL, .one = (text))

/* Letters, digits, '_': a name that SQL does not quote, of a character set. */
#define SQL_WORD(word) SQL_PART(PART_WORD, .one = (word))

/* An expression that a user wrote, in parentheses, which it cannot leave.  Its
 * strings are read as sql_mode='' reads them. */
#define SQL_EXPRESSION(text) SQL_PART(PART_EXPRESSION, .one = (text))

/* Why a text is not one; NULL if it may be. */
const char *sql_expression_fault(struct span text);

/* What the writer made; the same as a text. */
#define SQL_OF(statement) SQL_PART(PART_STATEMENT, .of = (statement))
#define SQL_TEXT_OF(statement) SQL_PART(PART_QUOTED, .of = (statement))

/* A whole statement that we did not write, as it is. */
#define SQL_FOREIGN(text) SQL_PART(PART_FOREIGN, .one = (text))

/* Text for people, on lines of its own that begin with two dashes; whatever
 * would end such a line otherwise, or hide something, is shown as an escape. */
#define SQL_COMMENT(text) SQL_PART(PART_COMMENT, .one = (text))

/* Parts, and how many they are. */
#define SQL_PARTS(...) (const struct sql_part[]){ __VA_ARGS__ },             \
	sizeof((const struct sql_part[]){ __VA_ARGS__ }) /                   \
	sizeof(struct sql_part)

void statement_put(struct statement *s, const struct sql_part *parts,
    size_t n);
#define statement_add(s, ...) statement_put(s, SQL_PARTS(__VA_ARGS__))

/* Words with places: '@', '#' and '$' are filled by the parts in this order.
 * Returned is where the text has its '?'. */
size_t statement_form(struct statement *s, struct sql_part words,
    const struct sql_part parts[3]);

/* Append a part of another one, from a byte to a byte: around a '?'. */
void statement_add_piece(struct statement *s, const struct statement *of,
    size_t from, size_t to);

/* Its bytes, borrowed; -1 and its error if a part was none. */
int statement_text(const struct statement *s, struct span *text,
    struct err *err);

/* The same for people, whatever it holds. */
static inline struct span
statement_view(const struct statement *s)
{
	return buf_view(&s->made);
}

static inline size_t
statement_size(const struct statement *s)
{
	return s->made.n;
}

/* Empty again; its memory stays. */
static inline void
statement_clear(struct statement *s)
{
	s->made.n = 0;
	s->bad.kind = ERR_NONE;
}

void statement_free(struct statement *s);

/* A name between quotes, those in it doubled: for people, and for texts that
 * are no statements. */
void sql_put_quoted(struct buf *out, struct span name, char quote);

#endif
