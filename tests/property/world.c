/* Tables whose names are hostile, and different whatever their case. */
#include "property.h"

static bool
taken(const struct text *names, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (text_fold_eq(names[i], name))
			return true;
	return false;
}

static void
columns_make(struct world *w, struct table *t)
{
	t->columns = 1 + below(COLUMNS);
	t->keys = below((unsigned)(t->columns < 3 ? t->columns : 3) + 1);
	for (size_t i = 0; i < t->columns; i++) {
		struct text name = name_make();

		while (taken(t->column, i, name))
			name = fmt("c%u", w->serial++);
		t->column[i] = name;
	}
	t->pooled = below((unsigned)t->columns);
}

static void
table_make(struct world *w, struct table *t)
{
	struct text joined[TABLES];
	size_t n = (size_t)(t - w->table);
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++)
		joined[i] = w->table[i].joined;
	t->db = n && chance(400) ? w->table[0].db : name_make();
	t->name = name_make();
	for (;;) {
		b.n = 0;
		put(&b, t->db.p, t->db.n);
		put(&b, ".", 1);
		put(&b, t->name.p, t->name.n);
		t->joined = text_dup(b.p, b.n);
		if (!taken(joined, n, t->joined))
			break;
		t->name = fmt("t%u", w->serial++);
	}
	buf_free(&b);
	columns_make(w, t);
}

void
world_make(struct world *w)
{
	static const struct style styles[] = {
		{ 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 1 }, { 200, 0, 1 },
		{ 0, 150, 0 }, { 100, 100, 1 },
	};

	*w = (struct world){ .tables = 1 + below(TABLES) };
	w->style = styles[left_out & NO_STYLE ? 0 : below(6)];
	w->transactions = below(2);
	for (size_t i = 0; i < w->tables; i++) {
		w->table[i].wanted = true;
		table_make(w, &w->table[i]);
	}
	for (size_t i = 0; i < POOL; i++) {
		do
			w->pool[i] = j_string(name_make());
		while (i && text_fold_eq(w->pool[i]->text,
		    w->pool[i - 1]->text));
	}
	w->pool[1] = j_number(str("1.10"));
}
