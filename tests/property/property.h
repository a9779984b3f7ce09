/*
 * Lines whose meaning is known, the tools they are sent through, and what
 * must come out.  A world is a few tables with hostile names; its lines are
 * in every shape of cdc-event(5).  A stage is a tool with options, and a
 * model of what its manual says it does with a line.
 */
#ifndef PROPERTY_H
#define PROPERTY_H

#include "json.h"

enum shape { OURS, BARE, SCHEMA, KCAT, KCAT_SCHEMA, SHAPES };
/* UNPLACED: a row that does not say where it comes from. */
enum what { ENVELOPE, ROW, TOMB, BEAT, TXN, DDL, UNPLACED, WHATS };

enum { COLUMNS = 12, TABLES = 5, POOL = 3, STAGES = 4, ARGS = 40 };

/* In what must not come out, and nowhere else. */
#define TOKEN "s3cr3t"

struct table {
	struct text db, name, joined;	/* joined: db.table */
	bool wanted;			/* by the lists of all stages */
	size_t columns, keys;		/* the first columns are the key */
	struct text column[COLUMNS];
	bool hidden[COLUMNS];		/* by the lists of columns */
	size_t pooled;			/* a column of few values, for --where */
};

struct world {
	size_t tables;
	struct table table[TABLES];
	struct node *pool[POOL];
	struct style style;
	bool transactions;		/* envelopes have a transaction */
	unsigned serial;
};

struct rec {
	enum shape shape;
	enum what what;
	char op;
	const struct table *table;
	struct node *line;
	struct text bytes;		/* as it came in; p is NULL if changed */
	bool follows;			/* a tombstone behind its delete */
	bool inside;			/* what is wrong is JSON in a string */
};

/* PASSED, also changed; SKIPPED: the manual leaves it open. */
enum fate { PASSED, DROPPED, REFUSED, SKIPPED };

enum tool { FILTER, UNWRAP, ROUTE, AUDIT, MASK, TOOLS };
extern const char *const tool_names[TOOLS];

/* A regular expression that is a name, or the beginning of names. */
struct pattern {
	struct text name;
	bool prefix;
};

struct list {
	struct pattern p[TABLES + COLUMNS];
	size_t count;
};

struct filter {
	struct list include_db, exclude_db, include_table, exclude_table;
	struct list include_column, exclude_column;
	char ops[8];
	bool where, partition, skip_unchanged;
	struct text where_column;
	const struct node *where_value;
	enum { IMAGE_ANY, IMAGE_BEFORE, IMAGE_AFTER } image;
	bool kept_delete;		/* what became of the last one */
};

enum deletes { D_TOMBSTONE, D_DROP, D_REWRITE, D_REWRITE_TOMBSTONE,
	D_TO_TOMBSTONE };

struct unwrap {
	enum deletes deletes;
	bool fields, headers, drop, drop_key;
	bool diff, only_changed;
	struct text dropped;
};

struct route {
	enum { R_ALL, R_THREE, R_NONE, R_ONE } rule;
	struct text one, becomes;
	bool key;
};

struct audit {
	bool reads;
	bool plain;		/* equal values are written alike */
};

struct stage {
	enum tool tool;
	const char *arg[ARGS];		/* arg[0] is the program */
	size_t args;
	struct filter filter;
	struct unwrap unwrap;
	struct route route;
	struct audit audit;
};

struct pipeline {
	struct stage stage[STAGES];
	size_t stages;
};

/* What is left out, to see whether the rest is right. */
enum { NO_NAMES = 1, NO_STYLE = 2, NO_BAD = 4, NO_UNPLACED = 8,
	NO_ROUTE = 16, NO_TOMBSTONES = 32, NO_IMAGES = 64 };
extern unsigned left_out;

/* world.c */
void world_make(struct world *w);

/* line.c: a line, or a delete and its tombstone; how many recs. */
size_t line_make(struct world *w, struct rec rec[2]);
struct text topic_of(const struct table *t);
struct node *payload_of(const struct rec *r);
void payload_set(struct rec *r, struct node *payload);
void line_write(struct rec *r, struct buf *b, const struct style *style);

/* value.c */
struct node *value_make(bool secret);
struct text name_make(void);
struct node *envelope_like(void);

/* options.c: options, and the tables they leave out marked in w */
void pipeline_make(struct pipeline *p, struct world *w);

/* filter_model.c, stage_model.c: what becomes of a line; it is changed in place. */
enum fate pipeline_model(struct pipeline *p, struct rec *r, size_t *stage);
enum fate filter_model(struct filter *f, struct rec *r);
/* The columns that it masks are those that its exclude list names. */
enum fate mask_model(struct filter *f, struct rec *r);
enum fate route_model(const struct route *o, struct rec *r);
bool table_admitted(const struct filter *f, const struct table *t);
bool column_admitted(const struct filter *f, const struct table *t,
    struct text column);
/* The key, if it is an object. */
struct node *key_of_line(const struct rec *r);
void key_set(struct rec *r, struct node *key);

/* hostile.c: a line to be refused, or that may be. */
enum demand {
	EXACT,		/* what the model says */
	REFUSE,		/* 65, unless the model leaves it out */
	FAIR,		/* 65; or 0, and dropped only if the model does so */
	SOUND		/* 65 or 0; whatever comes out is JSON, and no token */
};
enum demand hostile_make(struct world *w, struct rec *r, struct buf *b,
    struct text *what);

/* run.c: all stages at once, as a shell would run them. */
struct result {
	struct buf out, err[STAGES];
	int status[STAGES];	/* 128 + n: by signal n */
};
void pipeline_run(const struct pipeline *p, const char *bin, struct text in,
    struct result *r);

/* batch.c */
struct totals {
	unsigned long lines, batches, refused, bytes, failures;
	unsigned long by_tool[TOOLS], by_shape[SHAPES], by_what[WHATS];
};
struct record_template {
	const char *bin, *keep;
	unsigned lines;		/* of a batch, at most */
	bool print;		/* the lines, and run nothing */
};
void batch(const struct record_template *p, uint64_t seed, struct totals *t);

#endif
