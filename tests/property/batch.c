/* One world, one pipeline, many lines: made, run, and judged. */
#include "property.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct made {
	struct rec was, is;
	bool kept;
};

struct state {
	const struct record_template *plan;
	struct totals *totals;
	struct world world;
	struct pipeline pipeline;
	struct buf in;
	struct made *made;
	size_t count, inputs[STAGES];	/* lines that each stage gets */
	/* the last line, if it is a hostile one */
	bool hostile;
	enum demand demand;
	enum fate fate;
	struct text what, last;
	struct rec last_rec;
	char why[400];
	struct text got;
};

static void
keep(struct state *s, const struct rec *was, struct rec *is, enum fate fate,
    size_t stage)
{
	s->made[s->count++] = (struct made){ *was, *is, fate == PASSED };
	for (size_t i = 0; i <= stage && i < s->pipeline.stages; i++)
		s->inputs[i]++;
	s->totals->by_shape[was->shape]++;
	s->totals->by_what[was->what]++;
}

/* A line, or a delete and its tombstone; not where the manual is silent. */
static void
one_more(struct state *s)
{
	struct rec was[2], is[2];
	enum fate fate[2];
	size_t stage[2], n = line_make(&s->world, was), from = s->in.n;
	/* a tombstone has the key of its delete, as that was written */
	static const struct style alike;

	for (size_t i = 0; i < n; i++) {
		line_write(&was[i], &s->in, n > 1 ? &alike : &s->world.style);
		is[i] = was[i];
		fate[i] = pipeline_model(&s->pipeline, &is[i], &stage[i]);
		if (fate[i] == SKIPPED || fate[i] == REFUSED) {
			s->in.n = from;
			return;
		}
	}
	for (size_t i = 0; i < n; i++)
		keep(s, &was[i], &is[i], fate[i], stage[i]);
}

/* cdc-route reads a line, and not what its strings hold. */
static bool
only_routes(const struct pipeline *p)
{
	for (size_t i = 0; i < p->stages; i++)
		if (p->stage[i].tool != ROUTE)
			return false;
	return true;
}

static void
last_line(struct state *s)
{
	struct rec r[2], is;
	size_t stage, from = s->in.n;

	do
		line_make(&s->world, r);
	while (r->what == TOMB);
	is = *r;
	s->hostile = true;
	s->fate = pipeline_model(&s->pipeline, &is, &stage);
	if (s->fate == REFUSED) {
		line_write(r, &s->in, &s->world.style);
		s->demand = EXACT;
		s->what = str("not for this tool");
	} else {
		s->demand = hostile_make(&s->world, r, &s->in, &s->what);
		if (only_routes(&s->pipeline) && s->demand == REFUSE &&
		    (r->inside || (left_out & NO_ROUTE)))
			s->demand = FAIR;
	}
	s->last_rec = *r;
	s->last = (struct text){ s->in.p + from, s->in.n - from };
}

/* judging */

static bool
no(struct state *s, const char *why, const char *detail)
{
	if (!s->why[0])
		snprintf(s->why, sizeof s->why, "%s%s%.300s", why,
		    *detail ? ": " : "", detail);
	return false;
}

static struct text
line_at(const struct buf *b, size_t *at)
{
	const char *p = b->p + *at, *end;

	if (*at >= b->n)
		return (struct text){ 0 };
	end = memchr(p, '\n', b->n - *at);
	if (!end)
		end = b->p + b->n;
	*at = (size_t)(end - b->p) + 1;
	return (struct text){ p, (size_t)(end - p) };
}

static bool
line_right(struct state *s, struct text got, const struct rec *want)
{
	struct node *n;
	char why[160];

	s->got = got;
	if (!got.p)
		return no(s, "lost", "");
	if (want->bytes.p)
		return text_eq(got, want->bytes) ||
		    no(s, "not byte for byte", "");
	if (!(n = json_read(got.p, got.n, why)))
		return no(s, "invalid JSON out", why);
	return json_same(n, want->line) || no(s, "not what was to come", "");
}

/* Which made line is the first that is wrong?  count: the end. */
static size_t
lines_right(struct state *s, const struct buf *out, size_t *at)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->made[i].kept &&
		    !line_right(s, line_at(out, at), &s->made[i].is))
			return i;
	return s->count;
}

/* Are the names that decide what must not come out still in the line? */
static bool
placed_as_before(const struct state *s)
{
	const struct table *t = s->last_rec.table;
	struct node *line, *p, *source, *image, *op;
	char why[160];

	line = json_read_loose(s->last.p, s->last.n, why);
	if (!line || line->kind != J_OBJECT)
		return true;
	p = get(line, "payload");
	if (!p)
		p = line;
	if (p->kind == J_STRING && !(p = json_read_loose(p->text.p, p->text.n, why)))
		return true;
	/* beside what is no schema, a payload is a column */
	if (get(p, "payload") && get(p, "schema") &&
	    get(p, "schema")->kind != J_NULL &&
	    get(p, "schema")->kind != J_OBJECT)
		return false;
	if (get(p, "payload"))
		p = get(p, "payload");
	source = get(line, "source") ? get(line, "source") : get(p, "source");
	op = get(line, "source") ? get(line, "op") : get(p, "op");
	if (!op || op->kind != J_STRING || op->text.n != 1)
		return false;
	if (source && (!get(source, "db") || !get(source, "table") ||
	    !text_eq(get(source, "db")->text, t->db) ||
	    !text_eq(get(source, "table")->text, t->name)))
		return false;
	for (int i = 0; i < 3; i++) {
		image = i ? get(p, i == 1 ? "before" : "after") : p;
		if (!image || image->kind != J_OBJECT ||
		    (!i && s->last_rec.what != ROW))
			continue;
		for (size_t c = 0; c < t->columns; c++)
			if (t->hidden[c] && !get_text(image, t->column[c]))
				return false;
	}
	return true;
}

static bool
rest_sound(struct state *s, const struct buf *out, size_t at)
{
	struct text got = line_at(out, &at);
	char why[160];

	if (!got.p) {
		if (s->demand == FAIR && s->fate == PASSED &&
		    !(left_out & NO_IMAGES) && placed_as_before(s))
			return no(s, "dropped, exit 0", "");
		return true;
	}
	s->got = got;
	if (!json_read_loose(got.p, got.n, why))
		return no(s, "invalid JSON out", why);
	if (at < out->n)
		return no(s, "more than a line of one", "");
	if (memmem(got.p, got.n, TOKEN, strlen(TOKEN)) && placed_as_before(s))
		return no(s, "let through", "");
	return true;
}

/* Did a stage end with 65, saying the line? */
static bool
refused(struct state *s, const struct result *r)
{
	size_t n = s->pipeline.stages;

	for (size_t i = 0; i < n; i++) {
		char want[60];

		if (r->status[i] == 0 || r->status[i] == 128 + 13)
			continue;
		if (r->status[i] != 65)
			return no(s, "exit", fmt("%d", r->status[i]).p);
		snprintf(want, sizeof want, "line %zu: ", s->inputs[i] + 1);
		if (!strstr(r->err[i].p, want))
			return no(s, "not its line's number", r->err[i].p);
		return true;
	}
	return false;
}

/* What a program that fails says last of all: how.  cdc-route may have given it
 * another topic, around the one that it had. */
static bool
is_end(const struct buf *out, size_t at)
{
	static const char front[] = "{\"topic\":\"";
	static const char name[] = "__debezium-heartbeat.";
	static const char back[] = "\"end\":{\"status\":65}}}\n";
	const char *p = out->p + at;
	size_t n = out->n - at, behind = sizeof back - 1;

	return n > sizeof front + behind && strchr(p, '\n') == p + n - 1 &&
	    strncmp(p, front, sizeof front - 1) == 0 && strstr(p, name) &&
	    strcmp(p + n - behind, back) == 0;
}

static bool
right(struct state *s, const struct result *r, size_t *where)
{
	size_t at = 0;
	bool is_refused = refused(s, r);

	*where = s->count;
	if (s->why[0])
		return false;
	if (is_refused && !s->hostile)
		return no(s, "refused", r->err[0].n ? r->err[0].p :
		    r->err[1].n ? r->err[1].p : "");
	if ((*where = lines_right(s, &r->out, &at)) < s->count)
		return false;
	if (is_refused || !s->hostile)
		return at >= r->out.n || (is_refused && is_end(&r->out, at)) ||
		    no(s, "more than was to come", "");
	if (s->demand == EXACT)
		return no(s, "not refused", "");
	if (s->demand == REFUSE)
		return (s->fate != PASSED && at >= r->out.n) ||
		    no(s, "not refused", "");
	return rest_sound(s, &r->out, at);
}

/* telling */

static void
put_command(struct buf *b, const struct pipeline *p)
{
	for (size_t i = 0; i < p->stages; i++) {
		put_str(b, i ? " | " : "");
		for (size_t a = 0; a < p->stage[i].args; a++) {
			const char *c = p->stage[i].arg[a];

			put_str(b, a ? " $'" : "");
			for (; a && *c; c++)
				if (*c < ' ' || *c == '\'' || *c == '\\')
					put_str(b, fmt("\\x%02x", *c & 0xff).p);
				else
					put(b, c, 1);
			put_str(b, a ? "'" : c);
		}
	}
	put_str(b, "\n");
}

static void
put_some(struct buf *b, const char *what, struct text t)
{
	put_str(b, what);
	put(b, t.p, t.n < 600 ? t.n : 600);
	put_str(b, t.n < 600 ? "\n" : "…\n");
}

static void
put_wanted(struct buf *b, const struct rec *r)
{
	struct buf w = { 0 };

	if (r->bytes.p)
		put(&w, r->bytes.p, r->bytes.n);
	else
		json_write(&w, r->line, &(struct style){ 0 });
	put_some(b, "# want: ", (struct text){ w.p, w.n });
	buf_free(&w);
}

/* The line that went wrong, a tombstone with its delete. */
static void
save(const struct state *s, const char *path, size_t where)
{
	FILE *f = fopen(path, "w");

	if (!f)
		return;
	if (where < s->count) {
		if (where && s->made[where].was.follows)
			fprintf(f, "%s\n", s->made[where - 1].was.bytes.p);
		fwrite(s->made[where].was.bytes.p, 1,
		    s->made[where].was.bytes.n, f);
		fputc('\n', f);
	} else if (s->hostile) {
		fwrite(s->last.p, 1, s->last.n, f);
	}
	fclose(f);
}

static void
tell(struct state *s, uint64_t seed, size_t where)
{
	struct buf b = { 0 };
	struct text path;

	s->totals->failures++;
	put_str(&b, fmt("# seed %llu: %s", (unsigned long long)seed,
	    s->why).p);
	if (s->hostile && where == s->count)
		put_str(&b, fmt(" (%s)", s->what.p).p);
	put_str(&b, "\n# ");
	put_command(&b, &s->pipeline);
	if (where < s->count)
		put_wanted(&b, &s->made[where].is);
	if (s->got.p)
		put_some(&b, "# got: ", s->got);
	if (s->plan->keep) {
		path = fmt("%s/%llu.jsonl", s->plan->keep,
		    (unsigned long long)seed);
		save(s, path.p, where);
		put_str(&b, fmt("# input: %s\n", path.p).p);
	}
	if (write(1, b.p, b.n) < 0)
		exit(74);
	buf_free(&b);
}

static void
run_and_judge(struct state *s, uint64_t seed)
{
	static struct result r;
	size_t where;

	pipeline_run(&s->pipeline, s->plan->bin,
	    (struct text){ s->in.p, s->in.n }, &r);
	if (!right(s, &r, &where))
		tell(s, seed, where);
}

void
batch(const struct record_template *p, uint64_t seed, struct totals *t)
{
	static struct state s;
	struct buf in = s.in;
	size_t n;

	s = (struct state){ .plan = p, .totals = t, .in = in };
	s.in.n = 0;
	rnd_seed(seed);
	world_make(&s.world);
	pipeline_make(&s.pipeline, &s.world);
	n = chance(300) ? below(8) : 1 + below(p->lines);
	s.made = arena(sizeof *s.made * (2 * n + 2));
	for (size_t i = 0; i < n && s.in.n < 16 << 20; i++)
		one_more(&s);
	put(&s.in, "", 0);
	if (!(left_out & NO_BAD) && chance(700))
		last_line(&s);
	if (p->print)
		fwrite(s.in.p, 1, s.in.n, stdout);
	else
		run_and_judge(&s, seed);
	t->lines += s.count + s.hostile;
	t->refused += s.hostile;
	t->bytes += s.in.n;
	t->batches++;
	for (size_t i = 0; i < s.pipeline.stages; i++)
		t->by_tool[s.pipeline.stage[i].tool] += s.inputs[i];
	arena_clear();
}
