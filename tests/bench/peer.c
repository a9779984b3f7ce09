/* SPDX-License-Identifier: MIT
 *
 * What cdc-apply is measured against: the same rows of sysbench's tables by
 * the plainest loops of Connector/C, which keep no position and check nothing.
 *
 *   peer row SOCKET DATABASE <rows       a prepared upsert or delete for each
 *                                        row, each its own transaction
 *   peer bulk SOCKET DATABASE <rows      upserts bound as arrays, 4,000 rows
 *                                        a transaction
 *   peer latency SOURCE TARGET COUNT     from COMMIT on the one to SELECT on
 *                                        the other, for lone changes
 *
 * rows: lines of op (c, u, d), table (1, 2, …), id, k, c, pad, with tabs.
 * They are read before the clock starts.
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TABLES = 4, BLOCK = 4000, COLUMNS = 4, FIELDS = 2 + COLUMNS };

struct row {
	char op;
	int table;
	char *value[COLUMNS];
	unsigned long length[COLUMNS];
};

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "peer: %s: %s\n", what, why);
	exit(1);
}

static double
now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static MYSQL *
connect_to(const char *socket, const char *database)
{
	MYSQL *sql = mysql_init(NULL);
	if (!sql || !mysql_real_connect(sql, NULL, "root", NULL, database, 0,
	    socket, 0))
		die(socket, sql ? mysql_error(sql) : "out of memory");
	return sql;
}

static void
query(MYSQL *sql, const char *text)
{
	if (mysql_query(sql, text))
		die(text, mysql_error(sql));
}

static MYSQL_STMT *
prepare(MYSQL *sql, const char *verb, int table, const char *rest)
{
	char text[256];
	snprintf(text, sizeof text, "%s sbtest%d %s", verb, table + 1, rest);
	MYSQL_STMT *s = mysql_stmt_init(sql);
	if (!s || mysql_stmt_prepare(s, text, (unsigned long)strlen(text)))
		die(text, s ? mysql_stmt_error(s) : "out of memory");
	return s;
}

static MYSQL_STMT *
prepare_upsert(MYSQL *sql, int table)
{
	return prepare(sql, "INSERT INTO", table,
	    "(id, k, c, pad) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
	    "k = VALUES(k), c = VALUES(c), pad = VALUES(pad)");
}

static struct row *
read_rows(size_t *n)
{
	struct row *rows = NULL;
	size_t room = 0, size = 0;
	char *line = NULL;
	for (*n = 0; getline(&line, &size, stdin) > 0; ++*n) {
		if (*n == room) {
			room = room ? room * 2 : 65536;
			rows = realloc(rows, room * sizeof *rows);
			if (!rows)
				die("rows", "out of memory");
		}
		char *field[FIELDS], *p = strdup(line);
		for (int i = 0; i < FIELDS; i++)
			if (!(field[i] = strsep(&p, "\t\n")))
				die("a line is short", line);
		struct row *row = &rows[*n];
		row->op = field[0][0];
		row->table = atoi(field[1]) - 1;
		if (row->table < 0 || row->table >= TABLES)
			die("no such table", line);
		for (int i = 0; i < COLUMNS; i++) {
			row->value[i] = field[2 + i];
			row->length[i] = (unsigned long)strlen(field[2 + i]);
		}
	}
	free(line);
	return rows;
}

static void
execute_row(MYSQL_STMT *s, struct row *row)
{
	MYSQL_BIND bind[COLUMNS];
	memset(bind, 0, sizeof bind);
	for (int i = 0; i < COLUMNS; i++) {
		bind[i].buffer_type = MYSQL_TYPE_STRING;
		bind[i].buffer = row->value[i];
		bind[i].buffer_length = row->length[i];
		bind[i].length = &row->length[i];
	}
	if (mysql_stmt_bind_param(s, bind) || mysql_stmt_execute(s))
		die("row", mysql_stmt_error(s));
}

static void
apply_rows(MYSQL *sql, struct row *rows, size_t n)
{
	MYSQL_STMT *put[TABLES], *drop[TABLES];
	for (int t = 0; t < TABLES; t++) {
		put[t] = prepare_upsert(sql, t);
		drop[t] = prepare(sql, "DELETE FROM", t, "WHERE id = ?");
	}
	for (size_t i = 0; i < n; i++)
		execute_row((rows[i].op == 'd' ? drop : put)[rows[i].table],
		    &rows[i]);
}

/* The rows of one table among n, as one execution. */
static void
run_block(MYSQL_STMT *s, int table, struct row *rows, size_t n)
{
	static char *value[COLUMNS][BLOCK];
	static unsigned long length[COLUMNS][BLOCK];
	unsigned found = 0;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].table != table)
			continue;
		if (rows[i].op != 'c')
			die("bulk", "takes rows of inserts alone");
		for (int c = 0; c < COLUMNS; c++) {
			value[c][found] = rows[i].value[c];
			length[c][found] = rows[i].length[c];
		}
		found++;
	}
	if (!found)
		return;
	MYSQL_BIND bind[COLUMNS];
	memset(bind, 0, sizeof bind);
	for (int c = 0; c < COLUMNS; c++) {
		bind[c].buffer_type = MYSQL_TYPE_STRING;
		bind[c].buffer = value[c];
		bind[c].length = length[c];
	}
	mysql_stmt_attr_set(s, STMT_ATTR_ARRAY_SIZE, &found);
	if (mysql_stmt_bind_param(s, bind) || mysql_stmt_execute(s))
		die("bulk", mysql_stmt_error(s));
}

static void
apply_blocks(MYSQL *sql, struct row *rows, size_t n)
{
	MYSQL_STMT *put[TABLES];
	for (int t = 0; t < TABLES; t++)
		put[t] = prepare_upsert(sql, t);
	query(sql, "SET autocommit = 0");
	for (size_t i = 0; i < n; i += BLOCK) {
		for (int t = 0; t < TABLES; t++)
			run_block(put[t], t, rows + i,
			    n - i < BLOCK ? n - i : BLOCK);
		query(sql, "COMMIT");
	}
}

static int
seen(MYSQL *sql, const char *text)
{
	query(sql, text);
	MYSQL_RES *result = mysql_store_result(sql);
	int rows = result && mysql_num_rows(result);
	mysql_free_result(result);
	return rows;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The clock starts before the COMMIT is sent: its own time counts too. */
static void
latency(const char *from, const char *to, int count)
{
	MYSQL *source = connect_to(from, NULL), *target = connect_to(to, NULL);
	double *took = calloc((size_t)count, sizeof *took);
	if (!took || count < 100)
		die("COUNT", "100 or more");
	for (int i = 0; i < count; i++) {
		char text[128];
		query(source, "BEGIN");
		snprintf(text, sizeof text,
		    "INSERT INTO sbtest.latency VALUES (%d)", i);
		query(source, text);
		snprintf(text, sizeof text,
		    "SELECT id FROM sbtest.latency WHERE id = %d", i);
		double start = now();
		query(source, "COMMIT");
		while (!seen(target, text)) {
			if (now() - start > 10)
				die("latency", "not there after 10 s");
			usleep(100);
		}
		took[i] = (now() - start) * 1e3;
		usleep(20000 + (useconds_t)(i * 7919 % 10000));
	}
	qsort(took, (size_t)count, sizeof *took, ascending);
	printf("%.2f %.2f %.2f\n", took[count / 2],
	    took[count * 99 / 100], took[count - 1]);
}

int
main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "latency") == 0) {
		latency(argv[2], argv[3], atoi(argv[4]));
		return 0;
	}
	if (argc != 4 || (strcmp(argv[1], "row") && strcmp(argv[1], "bulk")))
		die("usage", "row|bulk SOCKET DATABASE, latency SOURCE "
		    "TARGET COUNT");
	size_t n;
	struct row *rows = read_rows(&n);
	MYSQL *sql = connect_to(argv[2], argv[3]);
	double start = now();
	(argv[1][0] == 'r' ? apply_rows : apply_blocks)(sql, rows, n);
	printf("%.3f\n", now() - start);
	return 0;
}
