/* SPDX-License-Identifier: MIT
 *
 * --keep-alive: one command for each lane, which answers with a line for each
 * record, or (after an empty line) for each batch, transaction or table:
 *
 *     ok              it is done
 *     retry WHY       the same may work later
 *     bad WHY         it cannot be done
 *
 * Several records are under way, so that neither side waits for the other, but
 * never two of one key: the second would not know what became of the first.
 */
#include "exec/exec.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "exec/child.h"
#include "exec/unit.h"
#include "exec/arguments.h"
#include "sink/samekey.h"

enum { WINDOW = 256, CLOSE_MS = 10000 };

struct keep_lane {
	const struct exec_options *opt;
	struct unit_reader reader;
	struct arguments *words;
	struct child child;
	size_t window[WINDOW];  /* records under way, in the batch */
	size_t n;
	struct hash keys;       /* theirs */
	struct buf name;
};

static void *
open_lane(void *options, unsigned lane, struct err *err)
{
	const struct exec_options *opt = options;
	struct keep_lane *l = xcalloc(1, sizeof(*l));

	(void)lane;
	l->opt = opt;
	unit_reader_open(&l->reader, opt);
	l->words = arguments_open(opt->command, false, opt->delivery.shape,
	    err);
	if (l->words)
		return l;
	unit_reader_free(&l->reader);
	free(l);
	return NULL;
}

/* An answer while nothing is under way is to nothing. */
static int
check_silent(struct keep_lane *l, struct err *err)
{
	if (!child_has_answer(&l->child))
		return 0;
	child_kill(&l->child);
	err_set(err, ERR_CONFIG, "the command answers more often than it was "
	    "asked");
	return err_hint(err, "--keep-alive: one line for each record, or for "
	    "each batch after its empty line");
}

static int
start(struct keep_lane *l, struct err *err)
{
	struct record none = { 0 };

	if (l->child.pid)
		return check_silent(l, err);
	return child_start(&l->child, arguments_of(l->words, &none, err),
	    arguments_environment(l->words, &none, 0, 0, err), true, err);
}

static int
misunderstood(struct keep_lane *l, struct span answer, struct err *err)
{
	child_kill(&l->child);
	err_set(err, ERR_CONFIG, "the command answered '%.*s%s'",
	    SPAN_SHOWN(answer, 60));
	return err_hint(err, "--keep-alive: a line for each record or batch "
	    "is 'ok', 'retry WHY' or 'bad WHY'");
}

/* What an answer says, and why. */
static int
read_answer(struct keep_lane *l, struct span *why, struct err *err)
{
	static const struct {
		const char *word;
		enum err_kind kind;
	} words[] = {
		{ "ok", ERR_NONE }, { "retry", ERR_RETRY }, { "bad", ERR_DATA },
	};
	struct span line, word;

	if (child_answer(&l->child, &line, l->opt->timeout_ms, err) < 0)
		return -1;
	word = line;
	for (word.n = 0; word.n < line.n && line.p[word.n] != ' '; word.n++)
		;
	*why = word.n < line.n ? span_between(word.p + word.n + 1,
	    line.p + line.n) : SPAN("it was refused by the command");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_is(word, words[i].word))
			return (int)words[i].kind;
	return misunderstood(l, line, err);
}

/* ---- a batch at a time */

static int
put_unit(struct keep_lane *l, struct sink_batch *b, struct err *err)
{
	struct unit_reader *u = &l->reader;
	struct span why;
	int kind;

	buf_char(&u->input, '\n');
	b->exhausts = true;     /* what it dies of may be a record */
	if (child_write(&l->child, buf_view(&u->input), l->opt->timeout_ms,
	    err) < 0)
		return -1;
	kind = read_answer(l, &why, err);
	if (kind < 0)
		return -1;
	b->exhausts = false;
	return kind == ERR_NONE ? 0 : err_set(err, (enum err_kind)kind,
	    "%.*s%s", SPAN_SHOWN(why, 400));
}

static int
put_units(struct keep_lane *l, struct sink_batch *b, struct err *err)
{
	int got;

	while ((got = unit_next(&l->reader, b, err)) > 0) {
		if (start(l, err) < 0 || put_unit(l, b, err) < 0)
			break;
		unit_done(&l->reader, b);
	}
	return got ? unit_failed(&l->reader, b) : 0;
}

/* ---- records, many of them under way */

static uint64_t
key_of(struct keep_lane *l, const struct sink_batch *b, size_t i)
{
	return samekey_hash(&l->name, sink_table(b, i), sink_key(b, i));
}

/* The answer for the record that has been under way longest. */
static int
settle(struct keep_lane *l, struct sink_batch *b, struct err *err)
{
	struct span why;
	char text[400];
	int kind = read_answer(l, &why, err);
	size_t i = l->window[0];

	if (kind < 0)
		return -1;
	l->n--;
	memmove(l->window, l->window + 1, l->n * sizeof(*l->window));
	hash_remove(&l->keys, hash_find(&l->keys, key_of(l, b, i)));
	if (kind == ERR_RETRY)
		return err_set(err, ERR_RETRY, "%.*s%s",
		    SPAN_SHOWN(why, 400));
	snprintf(text, sizeof(text), "%.*s%s", SPAN_SHOWN(why, 380));
	if (kind == ERR_NONE)
		sink_done(b, i);
	else
		sink_bad(b, i, "CommandError", text);
	return 0;
}

/* Answers to what was sent are taken, so that they are not taken for those to
 * what comes next.  Which of several records a command died of is not known. */
static int
give_up(struct keep_lane *l, struct sink_batch *b)
{
	struct err rest = { 0 };

	b->exhausts = !l->child.pid;
	while (l->child.pid && l->n) {
		settle(l, b, &rest);
		err_clear(&rest);
	}
	l->n = 0;
	hash_empty(&l->keys);
	return -1;
}

static int
send(struct keep_lane *l, const struct sink_batch *b, size_t i,
    struct err *err)
{
	struct buf *line = &l->reader.input;

	line->n = 0;
	sink_body(b, i, line);
	hash_add(&l->keys, key_of(l, b, i), i);
	l->window[l->n++] = i;
	return child_write(&l->child, buf_view(line), l->opt->timeout_ms, err);
}

static int
put_records(struct keep_lane *l, struct sink_batch *b, struct err *err)
{
	int status = start(l, err);
	size_t next = 0;

	for (size_t i = 0; status == 0 && sink_next(b, &i);) {
		/* what is sent waits, too */
		if (i < next) {
			i = next;
		} else if (l->n == WINDOW ||
		    hash_find(&l->keys, key_of(l, b, i))) {
			/* it may turn out to be bad, and to hold this one */
			status = settle(l, b, err);
		} else {
			status = send(l, b, i, err);
			next = ++i;
		}
	}
	while (status == 0 && l->n)
		status = settle(l, b, err);
	if (status == 0)
		status = check_silent(l, err);
	return status == 0 ? 0 : give_up(l, b);
}

static int
put(void *lane, struct sink_batch *b, struct err *err)
{
	struct keep_lane *l = lane;

	return l->opt->per == PER_RECORD ? put_records(l, b, err) :
	    put_units(l, b, err);
}

static int
close_lane(void *lane, bool well, struct err *err)
{
	struct keep_lane *l = lane;
	struct err why = { 0 };
	int status = 0;

	if (l->child.pid && !well)
		child_kill(&l->child);
	else if (l->child.pid && child_close(&l->child, l->opt->timeout_ms ?
	    l->opt->timeout_ms : CLOSE_MS, &why) != CHILD_DONE) {
		err_wrap(&why, "after the last record");
		why.kind = ERR_RETRY;
		*err = why;
		status = -1;
	}
	if (well && status == 0)
		status = check_silent(l, err);
	buf_free(&l->child.answers);
	hash_clear(&l->keys);
	buf_free(&l->name);
	arguments_free(l->words);
	unit_reader_free(&l->reader);
	free(l);
	return status;
}

const struct sink exec_keep_sink = { open_lane, put, close_lane };
