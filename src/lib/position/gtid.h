/* SPDX-License-Identifier: MIT
 *
 * MariaDB's GTIDs, "domain-server-sequence", and lists of them, one for each
 * domain: a position in every stream of changes that a server carries.
 * https://mariadb.com/kb/en/gtid/
 *
 * If gtid_strict_mode is on, GTIDs compare within their domain by sequence
 * number, whatever the server.  Otherwise a GTID only marks a place: it is
 * equal to another one or not.
 */
#ifndef POSITION_GTID_H
#define POSITION_GTID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct gtid {
	uint32_t domain;
	uint32_t server;
	uint64_t seq;
};

/* --gtid-order: do numbers of a domain grow, so that they compare? */
enum gtid_order { ORDER_STRICT, ORDER_ARRIVAL };
extern const char *const gtid_order_names[];    /* NULL after the last */

/* "4294967295-4294967295-18446744073709551615" and a NUL */
enum { GTID_TEXT = 43 };

size_t gtid_print(char text[GTID_TEXT], const struct gtid *gtid);

/* A single one, which is all of the text. */
bool gtid_parse(struct gtid *gtid, struct span text);

/* One GTID for each domain, in order of domain.  A zeroed struct is empty. */
struct gtid_list {
	struct gtid *v;
	size_t n;
};

/* "0-1-3,1-1-368"; blanks around commas are allowed; "" is the empty list.
 * ERR_USAGE if it is none, or names a domain twice. */
int gtid_list_parse(struct gtid_list *list, const char *text,
    struct err *err);
void gtid_list_print(const struct gtid_list *list, struct buf *out);

/* The entry of a domain, or NULL. */
const struct gtid *gtid_list_find(const struct gtid_list *list,
    uint32_t domain);

bool gtid_equal(const struct gtid *a, const struct gtid *b);

/* Set a domain's entry to gtid, whatever was there. */
void gtid_list_set(struct gtid_list *list, const struct gtid *gtid);

/* Take a domain out. */
void gtid_list_drop(struct gtid_list *list, uint32_t domain);

/* Is gtid at or before the list's entry of its domain,
 * by its number? */
bool gtid_list_covers(const struct gtid_list *list, const struct gtid *gtid);

/* Make it that of n GTIDs in any order, the last of each domain. */
void gtid_list_fill(struct gtid_list *list, const struct gtid *v, size_t n);
/* The same domains, each at the same place? */
bool gtid_list_equal(const struct gtid_list *a, const struct gtid_list *b);

void gtid_list_copy(struct gtid_list *to, const struct gtid_list *from);
void gtid_list_clear(struct gtid_list *list);

#endif
